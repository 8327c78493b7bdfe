import NIOCore
import StreamSigningPlatform

/// Writes pieces of text into a space that has room for all of them. A `ByteBuffer` asks for each of the forty pieces of an answer's
/// head whether it is the only owner of its memory and has room; here both are asked once.
struct HeadWriter {
    private let space: UnsafeMutableRawBufferPointer
    private(set) var count = 0

    init(_ space: UnsafeMutableRawBufferPointer) {
        self.space = space
    }

    mutating func write(_ bytes: UnsafeRawBufferPointer) {
        precondition(bytes.count <= space.count - count, "the head of an answer is longer than was reckoned")
        UnsafeMutableRawBufferPointer(rebasing: space[count...]).copyMemory(from: bytes)
        count += bytes.count
    }

    mutating func write(_ text: StaticString) {
        write(UnsafeRawBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount))
    }

    mutating func write(_ text: String) {
        var text = text
        text.withUTF8 { write(UnsafeRawBufferPointer($0)) }
    }

    mutating func write(_ lines: FieldLines) {
        lines.bytes.withUnsafeReadableBytes { write($0) }
    }

    /// A field, and the line break before it.
    mutating func writeField(_ name: StaticString, _ value: String) {
        write("\r\n")
        write(name)
        write(": ")
        write(value)
    }

    /// How many bytes ``writeField(_:_:)`` writes.
    static func count(_ name: StaticString, _ value: String) -> Int {
        4 + name.utf8CodeUnitCount + value.utf8.count
    }
}
