internal import StreamSigningCommandLine
internal import StreamSigningService
internal import Synchronization

/// Says where the service listens once all of it does: a service that ends because a port is taken must not look as if it
/// had started.
final class ListeningNotice: Sendable {
    private let configuration: ServiceConfiguration
    private let firstStart: FirstStartNotice
    private let ports = Mutex<(api: Int?, gate: Int?)>((nil, nil))

    init(_ configuration: ServiceConfiguration, _ firstStart: FirstStartNotice = FirstStartNotice(nil)) {
        self.configuration = configuration
        self.firstStart = firstStart
    }

    func apiListens(on port: Int) {
        print { $0.api = port }
    }

    func gateListens(on port: Int) {
        print { $0.gate = port }
    }

    private func print(_ change: (inout (api: Int?, gate: Int?)) -> Void) {
        let (api, gate) = ports.withLock { ports in
            change(&ports)
            return ports
        }
        guard let api, gate != nil || configuration.gate == nil else { return }
        StandardError.print("listening on \(configuration.url(configuration.host, api))")
        firstStart.print(configuration.apiURL(port: api))
        if let gate, let host = configuration.gate?.host {
            StandardError.print("gate listening on \(configuration.url(host, gate))")
        }
    }
}

extension ServiceConfiguration {
    /// The URL that clients of the API put before their paths.
    func apiURL(port: Int) -> String {
        url(host, port) + "/client/v4"
    }

    fileprivate func url(_ host: String, _ port: Int) -> String {
        "\(tls == nil ? "http" : "https")://\(host.contains(":") ? "[\(host)]" : host):\(port)"
    }
}
