import NIOCore

/// How much is read of a connection in its turn.
///
/// An event loop reads once from each connection that has something, and everything that a read brings is answered before the next
/// connection has its turn. 64 KiB, which NIO would read, hold two thousand requests. So little is read of a connection, and less of
/// one that sends its requests without waiting for answers. (`execute` would not give others a turn: a loop runs whatever was
/// handed to it before it reads again.)
struct ReadingPace {
    /// The head of a request that carries a token, as browsers send it.
    static let usual: any RecvByteBufferAllocator = FixedSizeRecvByteBufferAllocator(capacity: 2048)
    private static let slow: any RecvByteBufferAllocator = FixedSizeRecvByteBufferAllocator(capacity: 512)
    /// Requests of one read. Nobody who waits for answers has so many.
    private static let most = 8

    private var requests = 0
    private var isSlow = false

    mutating func noteRequest() {
        requests += 1
    }

    /// A read has brought what it brought.
    mutating func completeRead(of channel: any Channel) {
        defer { requests = 0 }
        guard requests > Self.most, !isSlow else { return }
        isSlow = true
        // A channel without this option reads as it likes.
        try? channel.syncOptions?.setOption(.recvAllocator, value: Self.slow)
    }
}
