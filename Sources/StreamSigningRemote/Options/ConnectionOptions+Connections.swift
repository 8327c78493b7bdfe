internal import StreamSigningClient
internal import StreamSigningCommandLine

extension ConnectionOptions {
    /// How to connect, by the options and the environment (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
    func connections() throws -> OutboundConnections {
        let file = try OptionValue("--ca-file", authoritiesFile)?.text
        do throws(ClientError) {
            return try OutboundConnections(
                environment: Environment.values(of: OutboundConnections.variableNames), authoritiesFile: file)
        } catch {
            throw CommandFailure(error)
        }
    }
}
