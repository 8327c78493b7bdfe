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

    var data = "streamsign-data"
    var database: StoreLocation?
    var masterKeyFile: OptionValue?
    var certificate: OptionValue?
    var certificateKey: OptionValue?
    var logLevel = Logger.Level.info
    var logFormat = LogFormat.text
    var logFile: OptionValue?
    var feed: OptionValue?
    var feedTokenFile: OptionValue?
    var media: OptionValue?
    var multiBufferRSA = MultiBufferRSA.Choice.automatic
    var gateIs = GateState.notMentioned
    var gate = GateConfiguration()
    var service = ServiceConfiguration()

    /// The service's configuration, checked for contradictions.
    func configuration() throws -> ServiceConfiguration {
        var configuration = service
        configuration.tls = try tls()
        configuration.gate = try gateConfiguration()
        // One address carries everybody there, also where such a proxy is in front of the API alone.
        configuration.limits.sharedAddresses = gate.trustedProxies
        return configuration
    }

    /// Where the store is: in the database, if one is named, else in the data folder.
    var storeLocation: StoreLocation {
        database ?? .folder(DataDirectory(data))
    }

    /// The nodes to take keys from, and the file of the credential for them; nil for a node that has a store.
    func feeds() throws -> (nodes: [FeedAddress], tokenFile: String)? {
        guard let feed else { return nil }
        let nodes = try feed.converted(expecting: "URLs such as https://a.example:8787") { text in
            let addresses = text.split(separator: ",").map { FeedAddress(String($0.trimmed)) }
            return addresses.isEmpty || addresses.contains(nil) ? nil : addresses.compactMap { $0 }
        }
        guard let feedTokenFile else { throw feed.unusable("needs --feed-token-file as well") }
        guard case .on = gateIs else { throw feed.unusable("is for a gate: it needs --gate") }
        return (nodes, feedTokenFile.text)
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
            return gate
        }
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
