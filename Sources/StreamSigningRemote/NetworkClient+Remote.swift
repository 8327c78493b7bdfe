internal import StreamSigningClient
package import StreamSigningCommandLine

extension NetworkClient {
    /// The `remote` commands, and downloads of key sets.
    package static let remote = NetworkClient(commands: [RemoteCommand.self]) { url, options in
        let connections = try options.connections()
        return try Blocking.call(about: url) {
            try await KeySetDownload(url: url, connections: connections).contents()
        }
    }
}
