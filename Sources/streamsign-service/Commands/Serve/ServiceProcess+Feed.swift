internal import Logging
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

#if Client
    internal import StreamSigningClient
    internal import StreamSigningRemote

    extension ServiceProcess {
        /// Runs a gate that takes its keys from other nodes.
        func serveFed(_ configuration: ServiceConfiguration, _ feeds: ServeSettings.FeedSettings) throws {
            guard let credential = FeedCredential(try SecretFile.read(feeds.tokenFile)) else {
                throw CommandFailure.unusable(
                    feeds.tokenFile, "holds no credential: one line of visible ASCII characters")
            }
            let connections = try OutboundConnections.fromEnvironment(authoritiesFile: feeds.authoritiesFile)
            logProxies(of: feeds.nodes, connections)
            do {
                try Blocking.run {
                    let gate = try await FedGate(
                        configuration: configuration, feeds: feeds.nodes, credential: credential,
                        connections: connections, logger: logger,
                        onListening: { ListeningNotice(configuration, $0).print() }, now: { Clock.now })
                    try await run(gate) { await gate.reload() }
                }
            } catch let error as StoreError {
                throw CommandFailure(.remote, error.reason)
            }
        }

        private func logProxies(of nodes: [FeedAddress], _ connections: OutboundConnections) {
            for node in nodes {
                guard let proxy = connections.proxies.proxy(for: node.url) else { continue }
                logger.info("the feed goes through a proxy", metadata: ["node": "\(node.url)", "proxy": "\(proxy)"])
            }
        }
    }
#else
    extension ServiceProcess {
        func serveFed(_ configuration: ServiceConfiguration, _ feeds: ServeSettings.FeedSettings) throws {
            throw CommandFailure.unusable("--feed", "this program was built without the client that reads feeds")
        }
    }
#endif
