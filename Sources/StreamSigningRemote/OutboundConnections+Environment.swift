package import StreamSigningClient
package import StreamSigningCommandLine

extension OutboundConnections {
    /// How this process connects to services (`SSL_CERT_FILE`, `HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`).
    /// - Parameter authoritiesFile: a file that counts in place of `SSL_CERT_FILE`; nil for none.
    package static func fromEnvironment(authoritiesFile: String?) throws(CommandFailure) -> OutboundConnections {
        do throws(ClientError) {
            return try OutboundConnections(
                environment: Environment.values(of: variableNames), authoritiesFile: authoritiesFile)
        } catch {
            throw CommandFailure(error)
        }
    }
}
