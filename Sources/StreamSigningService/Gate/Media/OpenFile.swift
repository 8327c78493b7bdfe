#if Service
    import CFileStatus
    import NIOCore

    /// A file of a video, open and described; closed when the last answer that reads it is done.
    final class OpenFile: BodyFile {
        let handle: NIOFileHandle
        let size: Int
        /// Seconds since 1970.
        let modified: Int64
        /// `Last-Modified`.
        let lastModified: String
        /// A strong entity tag, the same on every node that holds a copy with its time (RFC 9110 8.8.3).
        let entityTag: String
        let contentType: String
        let isManifest: Bool
        /// What every answer about it says.
        let fieldLines: FieldLines

        init(descriptor: CInt, status: file_status, path: String) {
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
            let code = (try? handle.withUnsafeFileDescriptor { file_status_of($0, &status) }) ?? -1
            return code == 0 && status.size >= Int64(offset)
        }

        deinit {
            try? handle.close()
        }
    }
#endif
