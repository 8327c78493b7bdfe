internal import COpenSSLShim

/// Bytes that are wiped when their last owner releases them, and that no description shows.
///
/// ``reveal()`` copies them into an ordinary string, which is not wiped: call it where the bytes leave the process, not
/// earlier.
public struct SecretBytes: Sendable {
    private let storage: Storage

    /// The number of bytes.
    public var count: Int { storage.count }

    package init(count: Int, filling fill: (UnsafeMutableRawBufferPointer) throws -> Void) rethrows {
        storage = Storage(capacity: count, count: count)
        try fill(storage.buffer)
    }

    /// - Parameter fill: writes the bytes and returns how many; nil makes no value.
    package init?(capacity: Int, filling fill: (UnsafeMutableRawBufferPointer) -> Int?) {
        let scratch = Storage(capacity: capacity, count: 0)
        guard let count = fill(scratch.buffer) else { return nil }
        scratch.count = count
        storage = scratch
    }

    package init(copying bytes: UnsafeRawBufferPointer) {
        self.init(count: bytes.count) { $0.copyMemory(from: bytes) }
    }

    package init(copying bytes: [UInt8]) {
        self = bytes.withUnsafeBytes { SecretBytes(copying: $0) }
    }

    package init(joining parts: [SecretBytes]) {
        self.init(count: parts.reduce(0) { $0 + $1.count }) { buffer in
            var offset = 0
            for part in parts {
                part.withUnsafeBytes { UnsafeMutableRawBufferPointer(rebasing: buffer[offset...]).copyMemory(from: $0) }
                offset += part.count
            }
        }
    }

    /// Takes the bytes of a shim buffer, which is wiped and freed.
    init(adopting buffer: inout ss_buffer) {
        self.init(copying: UnsafeRawBufferPointer(start: buffer.start, count: buffer.count))
        ss_buffer_free(&buffer)
    }

    /// Lends the bytes; the pointer must not leave `body`.
    public func withUnsafeBytes<Value, Failure: Error>(
        _ body: (UnsafeRawBufferPointer) throws(Failure) -> Value
    ) throws(Failure) -> Value {
        try body(UnsafeRawBufferPointer(rebasing: storage.buffer[..<storage.count]))
    }

    /// The bytes as text (PEM, JWK and base64 are all ASCII). The string is not wiped.
    public func reveal() -> String {
        withUnsafeBytes { String(decoding: $0, as: UTF8.self) }
    }

    /// One owner a buffer; never changed once its maker has filled it.
    private final class Storage: @unchecked Sendable {
        let buffer: UnsafeMutableRawBufferPointer
        var count: Int

        init(capacity: Int, count: Int) {
            buffer = .allocate(byteCount: capacity, alignment: 1)
            buffer.initializeMemory(as: UInt8.self, repeating: 0)
            self.count = count
        }

        deinit {
            ss_wipe(buffer.baseAddress, buffer.count)
            buffer.deallocate()
        }
    }
}

extension SecretBytes: Equatable {
    /// Takes a time that depends on the lengths alone.
    public static func == (left: SecretBytes, right: SecretBytes) -> Bool {
        guard left.count == right.count else { return false }
        return left.withUnsafeBytes { leftBytes in
            right.withUnsafeBytes { rightBytes in
                ss_equal(leftBytes.baseAddress, rightBytes.baseAddress, leftBytes.count)
            }
        }
    }
}

extension SecretBytes: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The number of bytes, and none of them.
    public var description: String { "SecretBytes(\(count) bytes)" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// The number of bytes, and none of them.
    public var customMirror: Mirror { Mirror(self, children: ["count": count]) }
}
