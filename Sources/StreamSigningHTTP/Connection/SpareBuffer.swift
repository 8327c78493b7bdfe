import NIOCore

/// A buffer that the connections of an event loop use in turn, so that an answer need not ask for memory.
final class SpareBuffer {
    private var buffer: ByteBuffer?
    private static let capacity = 2048

    /// An empty buffer. Another connection that asks before it is back gets one of its own.
    func take() -> ByteBuffer {
        defer { buffer = nil }
        return buffer ?? ByteBufferAllocator().buffer(capacity: Self.capacity)
    }

    /// Keeps a buffer for the next one, unless it has grown.
    func put(_ used: consuming ByteBuffer) {
        guard used.capacity <= 8 * Self.capacity else { return }
        used.clear()
        buffer = used
    }
}
