internal import StreamSigningClient
internal import StreamSigningCommandLine

extension ConnectionOptions {
    /// How to connect, by the options and the environment.
    func connections() throws -> OutboundConnections {
        try .fromEnvironment(authoritiesFile: OptionValue("--ca-file", authoritiesFile)?.text)
    }
}
