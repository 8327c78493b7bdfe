internal import StreamSigningClient
package import StreamSigningCommandLine

extension NetworkClient {
    /// The `remote` commands, and downloads of key sets.
    package static let remote = NetworkClient(commands: [RemoteCommand.self]) { url, options in
        do {
            let download = try KeySetDownload(url: url, connections: options.connections())
            return try Blocking.run { try await download.contents() }
        } catch let error as ClientError {
            throw CommandFailure(error, about: url)
        }
    }
}
