#if Client
    internal import StreamSigning
    internal import StreamSigningClient

    extension KeyFile {
        /// Fetches keys instead of reading them from a file.
        /// - Parameter url: where the keys are published.
        init(publishedAt url: String, through connections: OutboundConnections) throws {
            do {
                let download = try KeySetDownload(url: url, connections: connections)
                self.init(path: url, contents: try Blocking.run { try await download.contents() })
            } catch let error as ClientError {
                throw CommandFailure(error, about: url)
            }
        }
    }
#endif
