import NIOCore
import NIOPosix
import StreamSigningPlatform

/// Writes a part of a file, piece by piece, so that a slow client neither fills memory nor looks idle.
struct FileBodyWriter: Sendable {
    enum Progress {
        case some, done, failed
    }

    /// How the bytes reach the socket.
    enum Means: Sendable {
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

    let means: Means

    /// - Parameters:
    ///   - isFirst: whether the answer was made just now, from the file as it is.
    ///   - report: called after each piece, on the event loop.
    func write(
        _ file: any BodyFile, _ range: Range<Int>, isFirst: Bool = true, to context: ChannelHandlerContext,
        report: @escaping (Progress) -> Void
    ) {
        let end = min(range.lowerBound + means.pieceCount, range.upperBound)
        let written: EventLoopFuture<Void>
        switch (means, file.handle) {
        case (_, nil):
            guard let bytes = file.read(range.lowerBound..<end) else { return report(.failed) }
            written = context.writeAndFlush(NIOAny(IOData.byteBuffer(bytes)))
        case (.region, let handle?):
            guard isFirst || file.reaches(end) else { return report(.failed) }
            let region = FileRegion(fileHandle: handle, readerIndex: range.lowerBound, endIndex: end)
            // The head before it and the file are two calls of the kernel, but should not wake the client twice.
            context.setCorked(true)
            written = context.writeAndFlush(NIOAny(IOData.fileRegion(region)))
            context.setCorked(false)
            watch(file, end, context, until: written)
        case (.memory(let threads), _?):
            let piece = range.lowerBound..<end
            let channel = context.channel
            written = threads.runIfActive(eventLoop: context.eventLoop) { file.read(piece) }.flatMap { bytes in
                // The file was cut in the meantime, and the announced length cannot be kept.
                guard let bytes else { return channel.eventLoop.makeFailedFuture(ChannelError.eof) }
                return channel.writeAndFlush(IOData.byteBuffer(bytes))
            }
        }
        written.assumeIsolated().whenComplete { result in
            switch result {
            case .failure: report(.failed)
            case .success where end == range.upperBound: report(.done)
            case .success:
                report(.some)
                // Not at once: a client that takes every piece immediately would keep the loop to itself.
                context.eventLoop.assumeIsolated().execute {
                    write(file, end..<range.upperBound, isFirst: false, to: context, report: report)
                }
            }
        }
    }
}

extension FileBodyWriter {
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
