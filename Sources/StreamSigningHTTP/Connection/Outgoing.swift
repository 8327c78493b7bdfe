import NIOCore
import NIOPosix
import StreamSigningPlatform

/// What a connection sends.
///
/// It goes to the system at once, as far as the system takes it, and the rest to the channel. A channel puts each write into a queue
/// with a promise, and for each file longer than 64 KiB tells its handlers that it is full, and then that it is not. For answers that
/// need not wait, as most do, that is wasted. Encrypted connections give the channel everything.
///
/// Used on the connection's event loop only.
final class Outgoing {
    private let spare: SpareBuffer
    /// The socket below the channel; nil if the channel encrypts, or has no socket.
    private var socket: NIOBSDSocket.Handle?
    private var bytes = ByteBuffer()
    /// The last write that the channel has taken and not finished: what comes after it goes the same way.
    private var lastInChannel: EventLoopFuture<Void>?

    init(_ spare: SpareBuffer) {
        self.spare = spare
    }

    /// Has the socket used from now on: no handler of the channel changes what is sent.
    func useSocket(of channel: any Channel) {
        socket = try? channel.pipeline.syncOperations
            .withUnsafeTransportIfAvailable(of: NIOBSDSocket.Handle.self) { $0 }
    }

    /// Bytes that wait to be sent.
    var count: Int { bytes.readableBytes }

    func append(_ write: (inout ByteBuffer) -> Void) {
        if bytes.capacity == 0 { bytes = spare.take() }
        write(&bytes)
    }

    /// Sends what was appended.
    /// - Returns: when it has left, and all that went before; nil if it has.
    func flush(_ context: ChannelHandlerContext) -> EventLoopFuture<Void>? {
        if let socket = freeSocket(context) { sendBytes(to: socket, more: false) }
        guard bytes.readableBytes > 0 else { return lastInChannel }
        return hand(.byteBuffer(takeBytes()), context)
    }

    /// Sends what was appended, and a part of a body behind it, which is not copied.
    /// - Returns: when it has left; nil if it has.
    func send(_ part: StreamedBody, _ context: ChannelHandlerContext) -> EventLoopFuture<Void>? {
        var part = part
        if let socket = freeSocket(context) {
            sendBytes(to: socket, more: true)
            if bytes.readableBytes == 0 { part.send(to: socket) }
        }
        if bytes.readableBytes > 0 { _ = hand(.byteBuffer(takeBytes()), context) }
        guard let rest = part.data else { return lastInChannel }
        return hand(rest, context)
    }

    /// The socket, if the channel is open and keeps nothing that has to go first. A closed channel's number may be that of another
    /// connection by now.
    private func freeSocket(_ context: ChannelHandlerContext) -> NIOBSDSocket.Handle? {
        lastInChannel == nil && context.channel.isActive ? socket : nil
    }

    /// A failure leaves the bytes to the channel, which meets it too, and closes.
    private func sendBytes(to socket: NIOBSDSocket.Handle, more: Bool) {
        guard bytes.readableBytes > 0 else { return }
        bytes.readWithUnsafeReadableBytes { bytes in
            socket_send(socket, bytes.baseAddress, bytes.count, more)
        }
        if bytes.readableBytes == 0 { spare.put(takeBytes()) }
    }

    private func takeBytes() -> ByteBuffer {
        defer { bytes = ByteBuffer() }
        return bytes
    }

    private func hand(_ data: IOData, _ context: ChannelHandlerContext) -> EventLoopFuture<Void> {
        let promise = context.eventLoop.makePromise(of: Void.self)
        let written = promise.futureResult
        // Before the channel has it: its handlers may be told at once that it can take more, and answer more.
        lastInChannel = written
        context.writeAndFlush(NIOAny(data), promise: promise)
        written.assumeIsolated().whenComplete { _ in
            if self.lastInChannel === written { self.lastInChannel = nil }
        }
        return written
    }
}

extension StreamedBody {
    /// Sends what the system takes at once; the rest remains.
    fileprivate mutating func send(to socket: NIOBSDSocket.Handle) {
        switch self {
        case .bytes(var bytes):
            bytes.readWithUnsafeReadableBytes { socket_send(socket, $0.baseAddress, $0.count, false) }
            self = .bytes(bytes)
        case .file(let file, let range):
            let count = socket_send_file(socket, file.descriptor, Int64(range.lowerBound), range.count)
            self = .file(file, range.lowerBound + count..<range.upperBound)
        }
    }

    /// nil if nothing is left of it.
    fileprivate var data: IOData? {
        switch self {
        case .bytes(let bytes): bytes.readableBytes > 0 ? .byteBuffer(bytes) : nil
        case .file(let file, let range):
            range.isEmpty
                ? nil
                : .fileRegion(
                    FileRegion(
                        fileHandle: file.handle, readerIndex: range.lowerBound, endIndex: range.upperBound))
        }
    }
}
