#if Client
    internal import StreamSigningClient

    /// A file that holds an API token and nothing else.
    enum APITokenFile {
        /// - Parameter path: `-` is standard input.
        static func read(_ path: String) throws -> APIToken {
            try APIToken(SecretFile.read(path))
        }
    }
#endif
