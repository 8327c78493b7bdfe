#if Service
    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #else
        internal import Darwin
    #endif

    /// Which file a path leads to: another one after it was removed or replaced.
    struct FileIdentity: Sendable, Equatable {
        private let device: dev_t
        private let number: ino_t

        /// - Returns: nil if the path leads nowhere.
        init?(_ path: String) {
            var status = stat()
            guard stat(path, &status) == 0 else { return nil }
            (device, number) = (status.st_dev, status.st_ino)
        }
    }
#endif
