import NIOCore
import NIOPosix
import StreamSigningPlatform

/// Writes a body piece by piece, so that a slow client neither fills memory nor looks idle.
struct BodyWriter: Sendable {
    enum Progress {
        case some, done, failed
    }

    /// How the bytes of a file reach the socket.
    enum FileMeans: Sendable {
        /// By the kernel (`sendfile`).
        case region
        /// Through memory, because they are encrypted on the way.
        case memory(NIOThreadPool)

        var pieceCount: Int {
            switch self {
            case .region: 256 << 10
            case .memory: 128 << 10
            }
        }
    }

    /// Bytes of a shared body that are on their way to one client at a time: what encryption copies of it.
    static let sharedPieceCount = 64 << 10

    let files: FileMeans

    /// - Parameters:
    ///   - isFirst: whether the answer was made just now, from the file as it is.
    ///   - report: called after each piece, on the event loop.
    func write(
        _ body: StreamedBody, isFirst: Bool = true, to context: ChannelHandlerContext,
        report: @escaping (Progress) -> Void
    ) {
        let written: EventLoopFuture<Void>
        let rest: StreamedBody?
        switch body {
        case .bytes(var bytes):
            let piece = bytes.readSlice(length: min(Self.sharedPieceCount, bytes.readableBytes)) ?? ByteBuffer()
            written = context.writeAndFlush(NIOAny(IOData.byteBuffer(piece)))
            rest = bytes.readableBytes > 0 ? .bytes(bytes) : nil
        case .file(let file, let range):
            let piece = range.lowerBound..<min(range.lowerBound + files.pieceCount, range.upperBound)
            guard let sent = write(file, piece, isFirst: isFirst, context) else { return report(.failed) }
            written = sent
            rest = piece.upperBound < range.upperBound ? .file(file, piece.upperBound..<range.upperBound) : nil
        }
        written.assumeIsolated().whenComplete { result in
            guard case .success = result else { return report(.failed) }
            guard let rest else { return report(.done) }
            report(.some)
            // Not at once: a client that takes every piece immediately would keep the loop to itself.
            context.eventLoop.assumeIsolated().execute {
                write(rest, isFirst: false, to: context, report: report)
            }
        }
    }

    /// - Returns: nil if the file is too short by now.
    private func write(
        _ file: any BodyFile, _ piece: Range<Int>, isFirst: Bool, _ context: ChannelHandlerContext
    ) -> EventLoopFuture<Void>? {
        switch files {
        case .region:
            guard isFirst || file.reaches(piece.upperBound) else { return nil }
            let region = FileRegion(
                fileHandle: file.handle, readerIndex: piece.lowerBound, endIndex: piece.upperBound)
            // The head before it and the file are two calls of the kernel, but should not wake the client twice.
            context.setCorked(true)
            let written = context.writeAndFlush(NIOAny(IOData.fileRegion(region)))
            context.setCorked(false)
            watch(file, piece.upperBound, context, until: written)
            return written
        case .memory(let threads):
            let channel = context.channel
            return threads.runIfActive(eventLoop: context.eventLoop) { file.read(piece) }.flatMap { bytes in
                // The file was cut in the meantime, and the announced length cannot be kept.
                guard let bytes else { return channel.eventLoop.makeFailedFuture(ChannelError.eof) }
                return channel.writeAndFlush(IOData.byteBuffer(bytes))
            }
        }
    }
}

extension BodyWriter {
    /// Ends the connection if the file is cut in the middle of a piece: the kernel then sends nothing, reports that it could
    /// send more, and would be asked for ever.
    private func watch(
        _ file: any BodyFile, _ end: Int, _ context: ChannelHandlerContext, until written: EventLoopFuture<Void>
    ) {
        var isWritten = false
        var check: Scheduled<Void>?
        written.assumeIsolated().whenComplete { _ in
            isWritten = true
            check?.cancel()
        }
        guard !isWritten else { return }
        check = context.eventLoop.assumeIsolated().scheduleTask(in: .seconds(1)) {
            if file.reaches(end) { watch(file, end, context, until: written) } else { context.close(promise: nil) }
        }
    }
}

extension ChannelHandlerContext {
    /// Whether TCP keeps back what does not fill a packet.
    fileprivate func setCorked(_ isCorked: Bool) {
        #if os(Linux)
            let option = ChannelOptions.Types.SocketOption(level: .tcp, name: .init(rawValue: TCP_CORK))
            // Without it, the answer is the same and takes a little longer.
            try? channel.syncOptions?.setOption(option, value: isCorked ? 1 : 0)
        #endif
    }
}
