package import ArgumentParser

/// What a program does over the network. It comes from a room above this one, which a build without the client leaves out.
package struct NetworkClient: Sendable {
    /// The commands that call an API.
    let commands: [any ParsableCommand.Type]
    /// Fetches the key material that is published at a URL.
    let fetchKeys: @Sendable (_ url: String, _ connection: ConnectionOptions) throws -> [UInt8]

    /// - Parameters:
    ///   - commands: the commands that call an API.
    ///   - fetchKeys: fetches the key material that is published at a URL.
    package init(
        commands: [any ParsableCommand.Type],
        fetchKeys: @escaping @Sendable (_ url: String, _ connection: ConnectionOptions) throws -> [UInt8]
    ) {
        self.commands = commands
        self.fetchKeys = fetchKeys
    }
}
