package import NIOCore

/// A file that an answer sends, on a disk or in memory.
package protocol BodyFile: Sendable {
    /// What the kernel sends it from; nil if it is in memory.
    var handle: NIOFileHandle? { get }

    /// Whether the file is still long enough to hold the bytes before `offset`.
    func reaches(_ offset: Int) -> Bool

    /// Reads a part. Any number of threads may do so at once. Blocks while the disk is asked, unless the file is in memory.
    /// - Returns: nil if the file has become shorter or cannot be read.
    func read(_ range: Range<Int>) -> ByteBuffer?
}
