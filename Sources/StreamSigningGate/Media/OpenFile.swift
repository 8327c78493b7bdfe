import NIOCore
import StreamSigningHTTP
import StreamSigningPlatform

/// An open file of a video. It is closed when the last answer that reads it is done.
final class OpenFile: BodyFile {
    let handle: NIOFileHandle
    let descriptor: CInt

    init(descriptor: CInt) {
        self.descriptor = descriptor
        handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
    }

    deinit {
        try? handle.close()
    }

    /// What the file is like now. The system knows it of an open file, so this does not wait for the disk.
    /// - Returns: nil if the system does not say.
    func state() -> FileState? {
        status().map { FileState($0) }
    }

    func reaches(_ offset: Int) -> Bool {
        status().map { $0.size >= Int64(offset) } ?? false
    }

    func read(_ range: Range<Int>) -> ByteBuffer? {
        var bytes = ByteBuffer()
        bytes.reserveCapacity(range.count)
        while bytes.readableBytes < range.count {
            let start = range.lowerBound + bytes.readableBytes
            let count = bytes.writeWithUnsafeMutableBytes(minimumWritableBytes: range.upperBound - start) { space in
                max(0, pread(descriptor, space.baseAddress, range.upperBound - start, off_t(start)))
            }
            guard count > 0 else { return nil }
        }
        return bytes
    }

    private func status() -> file_status? {
        var status = file_status()
        return file_status_of(descriptor, &status) == 0 ? status : nil
    }
}
