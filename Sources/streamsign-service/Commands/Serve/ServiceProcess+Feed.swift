internal import Logging
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

#if Client
    internal import StreamSigningClient
#endif

extension ServiceProcess {
    /// Runs a gate that takes its keys from other nodes.
    func serveFed(_ configuration: ServiceConfiguration, _ feeds: ServeSettings.FeedSettings) throws {
        #if Client
            guard let credential = FeedCredential(try SecretFile.read(feeds.tokenFile)) else {
                throw CommandFailure.unusable(
                    feeds.tokenFile, "holds no credential: one line of visible ASCII characters")
            }
            let connections = try connections(feeds)
            do {
                try Blocking.run {
                    let gate = try await FedGate(
                        configuration: configuration, feeds: feeds.nodes, credential: credential,
                        connections: connections,
                        logger: logger, onListening: { ListeningNotice(configuration, $0).print() }, now: { Clock.now })
                    try await run(gate) { await gate.reload() }
                }
            } catch let error as StoreError {
                throw CommandFailure(.remote, error.reason)
            }
        #else
            throw CommandFailure.unusable("--feed", "this program was built without the client that reads feeds")
        #endif
    }

    #if Client
        private func connections(_ feeds: ServeSettings.FeedSettings) throws -> OutboundConnections {
            do throws(ClientError) {
                let connections = try OutboundConnections(
                    environment: Environment.values(of: OutboundConnections.variableNames),
                    authoritiesFile: feeds.authoritiesFile)
                for node in feeds.nodes {
                    guard let proxy = connections.proxies.proxy(for: node.url) else { continue }
                    logger.info(
                        "the feed goes through a proxy", metadata: ["node": "\(node.url)", "proxy": "\(proxy)"])
                }
                return connections
            } catch {
                throw CommandFailure(.unusable, error.reason)
            }
        }
    #endif
}
