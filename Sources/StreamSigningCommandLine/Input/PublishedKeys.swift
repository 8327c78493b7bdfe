#if Client
    internal import StreamSigning
    internal import StreamSigningClient

    /// Keys that are fetched instead of read from a file.
    enum PublishedKeys {
        static func fetch(_ url: String) throws -> [UInt8] {
            do {
                let download = try KeySetDownload(url: url)
                return try Blocking.run { try await download.contents() }
            } catch let error as ClientError {
                throw CommandFailure(error, about: url)
            }
        }
    }
#endif
