import NIOCore
import StreamSigning

/// The entity tag of a file that is sent from the disk (RFC 9110 8.8.3).
///
/// It is made of the file's size, its time and its content, so it tells two contents apart even where size and time agree, and
/// every node with a copy has the same. Of a file of more than 256 KiB, eight samples stand for the content: reading all of a long
/// film would cost more than sending the part that was asked for.
enum FileTag {
    private static let sample = 32 << 10
    private static let samples = 8

    /// Blocks while the disk is asked.
    /// - Returns: nil if the file is shorter than its state says, or cannot be read.
    static func of(_ file: OpenFile, _ state: FileState) -> String? {
        let numbers = [Int64(state.size), state.modified.seconds, state.modified.nanoseconds]
        var content = numbers.flatMap { number in withUnsafeBytes(of: number.littleEndian) { Array($0) } }
        for range in ranges(state.size) {
            guard let bytes = file.read(range) else { return nil }
            content += bytes.readableBytesView
        }
        return EntityTag.of(content)
    }

    /// What is read of a file of that size, the first and the last bytes included.
    static func ranges(_ size: Int) -> [Range<Int>] {
        guard size > samples * sample else { return [0..<size] }
        let step = (size - sample) / (samples - 1)
        return (0..<samples - 1).map { $0 * step..<$0 * step + sample } + [size - sample..<size]
    }
}

/// Entity tags of contents.
enum EntityTag {
    /// A strong tag: 128 bits of the SHA-256.
    /// - Returns: nil if there is no memory for it.
    static func of(_ content: [UInt8]) -> String? {
        (try? Digest.sha256(content)).map { "\"\(Hex.encode(Array($0.prefix(16))))\"" }
    }

    /// The tag of the same content, compressed.
    static func gzip(_ tag: String) -> String {
        "\(tag.dropLast())-gzip\""
    }
}
