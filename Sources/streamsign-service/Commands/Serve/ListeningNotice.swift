internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Says where the service listens, and on a first start shows the credential that was made, which is kept nowhere.
struct ListeningNotice {
    private let configuration: ServiceConfiguration
    private let ports: ListeningPorts
    private let firstCredential: NewCredential?

    /// - Parameter firstCredential: nil unless this is the first start.
    init(_ configuration: ServiceConfiguration, _ ports: ListeningPorts, firstCredential: NewCredential? = nil) {
        self.configuration = configuration
        self.ports = ports
        self.firstCredential = firstCredential
    }

    func print() {
        let scheme = configuration.tls == nil ? "http" : "https"
        let api = ListeningAddress(host: configuration.host, port: ports.api)
        StandardError.print("listening on \(scheme)://\(api)")
        if let firstCredential { Self.show(firstCredential, apiURL: "\(scheme)://\(api.local)/client/v4") }
        if let port = ports.gate, let host = configuration.gate?.host {
            StandardError.print("gate listening on \(scheme)://\(ListeningAddress(host: host, port: port))")
        }
    }

    private static func show(_ credential: NewCredential, apiURL: String) {
        let account = credential.stored.account
        StandardError.print("made account \(account) and a write credential, which is not shown again:")
        StandardError.print("    export STREAMSIGN_API_URL=\(apiURL) STREAMSIGN_ACCOUNT=\(account)")
        StandardError.print("    export STREAMSIGN_API_TOKEN=\(credential.secret.reveal())")
        StandardError.print("create a key with: streamsign remote create --out key.json")
    }
}
