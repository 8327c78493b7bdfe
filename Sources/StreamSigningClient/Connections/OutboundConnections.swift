package import AsyncHTTPClient
internal import NIOCore
internal import NIOSSL

/// How connections to another service are made: whose certificates are trusted, and through which proxies they go.
///
/// ```swift
/// var configuration = ClientConfiguration(baseURL: "https://keys.example.com/client/v4")
/// configuration.connections.authorities = try CertificateAuthorities(file: "/etc/company/ca.pem")
/// configuration.connections.proxies.encrypted = try HTTPProxy("http://proxy.example:3128")
/// ```
public struct OutboundConnections: Sendable {
    /// Who vouches for the service's certificate.
    public var authorities = CertificateAuthorities.system
    /// The proxies; none unless set.
    public var proxies = HTTPProxies()

    /// The variables of the environment that count.
    package static let variableNames = [
        "SSL_CERT_FILE", "https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY",
        "REQUEST_METHOD",
    ]

    /// The system's authorities, and no proxies.
    public init() {}

    /// What the environment says, as command line tools read it: `SSL_CERT_FILE`, `HTTPS_PROXY`, `HTTP_PROXY` and `NO_PROXY`.
    ///
    /// The names of proxies may also be in lower case, which wins. An empty value counts as absent. `HTTP_PROXY` in upper case does not
    /// count where `REQUEST_METHOD` is set: in a CGI program, that is what a client sends as its field `Proxy`.
    /// - Parameters:
    ///   - variables: such as `ProcessInfo.processInfo.environment`.
    ///   - authoritiesFile: a file that counts in place of `SSL_CERT_FILE`; nil for none.
    /// - Throws: ``ClientError`` with code `invalid_argument`, which names the variable or the file, and quotes no proxy.
    public init(environment variables: [String: String], authoritiesFile: String? = nil) throws(ClientError) {
        if let file = authoritiesFile ?? variables.value("SSL_CERT_FILE") {
            authorities = try CertificateAuthorities(file: file)
        }
        proxies = try HTTPProxies(environment: variables)
    }

    /// What a client is made with that asks one service.
    /// - Parameter url: of the service, or of anything there.
    /// - Throws: ``ClientError`` with code `invalid_argument` for a service that is named by its address, has TLS and is behind a proxy:
    ///   its certificate would be compared with the address that the connection leads to, which is the proxy's.
    package func clientConfiguration(
        for url: String, connectTimeout: Duration
    ) throws(ClientError) -> HTTPClient.Configuration {
        let proxy = proxies.proxy(for: url)
        if let proxy, let address = try? HTTPAddress(url, allowsQuery: true), address.isEncrypted, address.isNumeric {
            throw ClientError(
                .invalidArgument,
                """
                \(address.host) is asked through the proxy \(proxy), where the certificate of an address cannot be checked: give the \
                service's name, or list the address in NO_PROXY
                """)
        }
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: TimeAmount(connectTimeout)),
            proxy: proxy.map { proxy in
                .server(
                    host: proxy.host, port: proxy.port,
                    authorization: proxy.credentials.map { .basic(credentials: $0.base64) })
            })
        if let certificates = authorities.certificates {
            var tls = TLSConfiguration.makeClientConfiguration()
            tls.trustRoots = .certificates(certificates)
            configuration.tlsConfiguration = tls
        }
        // Whether to try again is decided by who asks, who knows what a repeat would do.
        configuration.connectionPool.retryConnectionEstablishment = false
        return configuration
    }
}

extension [String: String] {
    /// - Returns: nil for an empty value too.
    func value(_ name: String) -> String? {
        self[name].flatMap { $0.isEmpty ? nil : $0 }
    }
}
