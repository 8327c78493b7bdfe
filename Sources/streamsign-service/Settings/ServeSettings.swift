internal import Logging
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// What `serve` runs with. It begins with the defaults, which the settings replace.
struct ServeSettings: Sendable {
    enum LogFormat: String, Sendable {
        case text, json
    }

    /// Whether to run a gate.
    enum GateState: Sendable {
        /// Not set, so there is none.
        case notMentioned
        case off
        case on
    }

    /// The listeners at which trusted proxies speak the PROXY protocol.
    enum ProxyProtocolListeners: String, Sendable {
        case off, api, gate, both
    }

    var data = "streamsign-data"
    var database: StoreLocation?
    var masterKeyFile: OptionValue?
    var fileRights = FileRightsPolicy.refuse
    var certificate: OptionValue?
    var certificateKey: OptionValue?
    var logLevel = Logger.Level.info
    var logFormat = LogFormat.text
    var logFile: OptionValue?
    var feed: OptionValue?
    var feedTokenFile: OptionValue?
    var authoritiesFile: OptionValue?
    var media: OptionValue?
    var multiBufferRSA = MultiBufferRSA.Choice.automatic
    var gateIs = GateState.notMentioned
    /// nil for none. The text names the setting in messages.
    var proxyProtocol: (listeners: ProxyProtocolListeners, text: OptionValue)?
    var gate = GateConfiguration()
    var service = ServiceConfiguration()

    /// Where a gate without a store takes its keys from.
    struct FeedSettings: Sendable {
        let nodes: [FeedAddress]
        /// The file of the credential for them.
        let tokenFile: String
        /// The file of the authorities that vouch for them; nil for the environment's, or the system's.
        let authoritiesFile: String?
    }

    /// The service's configuration, checked for contradictions.
    func configuration() throws -> ServiceConfiguration {
        var configuration = service
        configuration.tls = try tls()
        configuration.usesProxyProtocol = try usesProxyProtocol(.api)
        configuration.gate = try gateConfiguration()
        return configuration
    }

    var directory: DataDirectory {
        DataDirectory(data, rights: fileRights)
    }

    /// Where the store is: in the database, if one is named, else in the data folder.
    var storeLocation: StoreLocation {
        database ?? .folder(directory)
    }

    /// The nodes to take keys from; nil for a node that has a store.
    func feeds() throws -> FeedSettings? {
        guard let feed else { return nil }
        let nodes = try feed.converted(expecting: "URLs such as https://a.example:8787") { text in
            let addresses = text.split(separator: ",").map { FeedAddress(String($0.trimmed)) }
            return addresses.isEmpty || addresses.contains(nil) ? nil : addresses.compactMap { $0 }
        }
        guard let feedTokenFile else { throw feed.unusable("needs --feed-token-file as well") }
        guard case .on = gateIs else { throw feed.unusable("is for a gate: it needs --gate") }
        return FeedSettings(nodes: nodes, tokenFile: feedTokenFile.text, authoritiesFile: authoritiesFile?.text)
    }

    private func gateConfiguration() throws -> GateConfiguration? {
        switch gateIs {
        case .off: return nil
        case .notMentioned:
            if let media { throw media.unusable("is for a gate: it needs --gate") }
            return nil
        case .on:
            var gate = gate
            gate.media = media?.text
            gate.trustedProxies = service.trustedProxies
            gate.usesProxyProtocol = try usesProxyProtocol(.gate)
            return gate
        }
    }

    private func usesProxyProtocol(_ listener: ProxyProtocolListeners) throws -> Bool {
        guard let (listeners, text) = proxyProtocol else { return false }
        guard !service.trustedProxies.isEmpty else {
            throw text.unusable("is for trusted proxies: it needs --trusted-proxies")
        }
        guard case .on = gateIs else {
            guard listeners == .api else { throw text.unusable("is for a gate: it needs --gate") }
            return listener == .api
        }
        return listeners == listener || listeners == .both
    }

    private func tls() throws -> ServiceConfiguration.TLS? {
        switch (certificate, certificateKey) {
        case (nil, nil): nil
        case (let certificate?, let key?): .init(certificateFile: certificate.text, keyFile: key.text)
        case (let alone?, nil), (nil, let alone?):
            throw CommandFailure.unusable(alone.name, "certificate and key come together")
        }
    }
}
