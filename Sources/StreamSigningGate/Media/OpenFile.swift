import NIOCore
import StreamSigningHTTP
import StreamSigningPlatform

/// An open file of a video. It is closed when the last answer that reads it is done.
final class OpenFile: BodyFile {
    let handle: NIOFileHandle
    /// What `handle` owns. NIO allows one use of a handle at a time and refuses others.
    private let descriptor: CInt
    let size: Int
    /// Seconds since 1970.
    let modified: Int64
    /// `Last-Modified`.
    let lastModified: String
    /// A strong entity tag (RFC 9110 8.8.3). Every node with a copy of the file and its time has the same.
    let entityTag: String
    let contentType: String
    let isManifest: Bool
    /// The fields of every answer with this file.
    let fieldLines: FieldLines

    init(descriptor: CInt, status: file_status, path: String) {
        self.descriptor = descriptor
        handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
        size = Int(status.size)
        modified = status.modified_seconds
        lastModified = HTTPDate.text(modified)
        let parts = [modified, status.modified_nanoseconds, status.size].map { String($0, radix: 16) }
        entityTag = "\"\(parts.joined(separator: "-"))\""
        contentType = MediaType.of(path)
        isManifest = MediaType.isManifest(path)
        fieldLines = FieldLines(
            HTTPAnswer.common + [
                ("ETag", entityTag), ("Last-Modified", lastModified), ("Accept-Ranges", "bytes"),
            ])
    }

    func reaches(_ offset: Int) -> Bool {
        var status = file_status()
        return file_status_of(descriptor, &status) == 0 && status.size >= Int64(offset)
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

    deinit {
        try? handle.close()
    }
}
