#if Client
    internal import StreamSigningClient

    #if canImport(Glibc)
        internal import Glibc
    #elseif canImport(Musl)
        internal import Musl
    #else
        internal import Darwin
    #endif

    /// A file that holds an API token and nothing else.
    enum APITokenFile {
        /// - Parameter path: `-` is standard input.
        static func read(_ path: String) throws -> APIToken {
            let token = try APIToken(FileContents.read(path))
            var status = stat()
            if path != "-", stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_mode & 0o077 != 0 {
                StandardError.note("\(path) is open to others on this machine: close it with 'chmod 600 \(path)'")
            }
            return token
        }
    }
#endif
