import NIOCore
import StreamSigning

/// A body that is collected. It may hold a private key, so what is kept of it here is wiped. Copies in the buffers of the
/// network stack are out of reach.
struct RequestBody {
    let then: (Result<SecretBytes, HTTPProblem>) -> HTTPReply
    private let room: Int
    private var bytes = ByteBuffer()

    /// - Parameter room: the most bytes that will be appended.
    init(room: Int, then: @escaping (Result<SecretBytes, HTTPProblem>) -> HTTPReply) {
        self.room = room
        self.then = then
    }

    mutating func append(_ part: ByteBuffer) {
        // All at once: a buffer that grows leaves its bytes where it was.
        if bytes.capacity == 0 { bytes.reserveCapacity(room) }
        bytes.writeImmutableBuffer(part)
    }

    /// Hands over what was collected, and wipes it here.
    mutating func take() -> SecretBytes {
        bytes.withUnsafeMutableReadableBytes { bytes in
            defer { bytes.initializeMemory(as: UInt8.self, repeating: 0) }
            return SecretBytes(copying: UnsafeRawBufferPointer(bytes))
        }
    }
}
