/// Where the API is and how patient its client is.
public struct ClientConfiguration: Sendable {
    /// Cloudflare's own API.
    public static let cloudflare = "https://api.cloudflare.com/client/v4"

    /// The URL before `/accounts/…`: a scheme, a host, and perhaps a path.
    public var baseURL = Self.cloudflare
    /// Whose certificates are trusted, and which proxies are asked. As the environment says:
    /// ``OutboundConnections/init(environment:authoritiesFile:)``.
    public var connections = OutboundConnections()
    /// How long making a connection may take, a proxy's part and TLS included.
    public var connectTimeout: Duration = .seconds(10)
    /// How long one attempt may take, from its start to the last byte of its answer.
    public var requestTimeout: Duration = .seconds(30)
    /// When a request is made again, and after which pause.
    public var retry = RetryPolicy()

    /// The defaults, for Cloudflare's own API or another base URL.
    public init(baseURL: String = Self.cloudflare) {
        self.baseURL = baseURL
    }
}
