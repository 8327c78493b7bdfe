import NIOCore
import NIOPosix

/// Writes a body piece by piece, so that a slow client neither fills memory nor looks idle.
struct BodyWriter {
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
    let outgoing: Outgoing

    /// - Parameters:
    ///   - isFirst: whether the answer was made just now, from the file as it is.
    ///   - report: called after each piece, on the event loop.
    func write(
        _ body: StreamedBody, isFirst: Bool = true, to context: ChannelHandlerContext,
        report: @escaping (Progress) -> Void
    ) {
        let written: EventLoopFuture<Void>?
        let rest: StreamedBody?
        switch body {
        case .bytes(var bytes):
            let piece = bytes.readSlice(length: min(Self.sharedPieceCount, bytes.readableBytes)) ?? ByteBuffer()
            written = outgoing.send(.bytes(piece), context)
            rest = bytes.readableBytes > 0 ? .bytes(bytes) : nil
        case .file(let file, let range):
            let piece = range.lowerBound..<min(range.lowerBound + files.pieceCount, range.upperBound)
            guard isFirst || file.reaches(piece.upperBound) else { return report(.failed) }
            written = write(file, piece, context)
            rest = piece.upperBound < range.upperBound ? .file(file, piece.upperBound..<range.upperBound) : nil
        }
        let goOn = {
            guard let rest else { return report(.done) }
            report(.some)
            // Not at once: a client that takes every piece immediately would keep the loop to itself. Not handed to the loop either,
            // which runs all that it was handed before it looks at another connection.
            context.eventLoop.assumeIsolated().scheduleTask(in: .microseconds(20)) {
                write(rest, isFirst: false, to: context, report: report)
            }
        }
        guard let written else { return goOn() }
        written.assumeIsolated().whenComplete { result in
            // The channel has the file's handle, which the file closes.
            withExtendedLifetime(body) {
                if case .success = result { goOn() } else { report(.failed) }
            }
        }
    }

    /// - Returns: when the piece has left; nil if it has.
    private func write(
        _ file: any BodyFile, _ piece: Range<Int>, _ context: ChannelHandlerContext
    ) -> EventLoopFuture<Void>? {
        switch files {
        case .region:
            let written = outgoing.send(.file(file, piece), context)
            if let written { watch(file, piece.upperBound, context, until: written) }
            return written
        case .memory(let threads):
            return threads.runIfActive(eventLoop: context.eventLoop) { file.read(piece) }
                .assumeIsolated().flatMap { bytes in
                    // The file was cut in the meantime, and the announced length cannot be kept.
                    guard let bytes else { return context.eventLoop.makeFailedFuture(ChannelError.eof) }
                    return outgoing.send(.bytes(bytes), context) ?? context.eventLoop.makeSucceededVoidFuture()
                }.nonisolated()
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
