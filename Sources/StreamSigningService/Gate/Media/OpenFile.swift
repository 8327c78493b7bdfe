#if Service
    import NIOCore
    import StreamSigning

    #if canImport(Glibc)
        import Glibc
    #elseif canImport(Musl)
        import Musl
    #else
        import Darwin
    #endif

    /// A file of a video, open and described; closed when the last answer that reads it is done.
    final class OpenFile: Sendable {
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

        init(descriptor: CInt, status: stat, path: String) {
            handle = NIOFileHandle(_deprecatedTakingOwnershipOfDescriptor: descriptor)
            size = Int(status.st_size)
            #if canImport(Darwin)
                let time = status.st_mtimespec
            #else
                let time = status.st_mtim
            #endif
            modified = Int64(time.tv_sec)
            lastModified = HTTPDate.text(modified)
            entityTag =
                "\"\(String(time.tv_sec, radix: 16))-\(String(time.tv_nsec, radix: 16))-\(String(size, radix: 16))\""
            contentType = MediaType.of(path)
            isManifest = MediaType.isManifest(path)
        }

        deinit {
            try? handle.close()
        }
    }
#endif
