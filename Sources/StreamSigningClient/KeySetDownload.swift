internal import NIOHTTP1
internal import StreamSigning
internal import StreamSigningWire

/// Fetches published keys, such as a JWK Set, from anywhere.
///
/// ```swift
/// let keys = try KeySet(importing: await KeySetDownload(url: "https://video.example/jwks.json").contents())
/// ```
///
/// Redirects are not followed: the caller decides whose keys are trusted.
public struct KeySetDownload: Sendable {
    /// The most bytes that are read: what a key file may have.
    static let limit = 4 * 1024 * 1024

    private let url: String
    private let timeout: Duration
    private let connections: OutboundConnections
    private let pauses: Pauses

    /// - Parameters:
    ///   - url: `https://…` or `http://…`.
    ///   - timeout: for all of it.
    ///   - connections: whose certificates are trusted, and which proxies are asked.
    /// - Throws: ``ClientError`` with code `invalid_argument` for any other text.
    public init(
        url: String, timeout: Duration = .seconds(5), connections: OutboundConnections = OutboundConnections()
    ) throws(ClientError) {
        try self.init(url: url, timeout: timeout, connections: connections, pauses: Pauses())
    }

    package init(
        url: String, timeout: Duration, connections: OutboundConnections = OutboundConnections(), pauses: Pauses
    ) throws(ClientError) {
        _ = try HTTPAddress(url, allowsQuery: true)
        self.url = url
        self.timeout = timeout
        self.connections = connections
        self.pauses = pauses
    }

    /// Fetches them, once.
    /// - Throws: ``ClientError``.
    public func contents() async throws(ClientError) -> [UInt8] {
        let transport = try Transport(
            to: url, through: connections, connectTimeout: timeout, requestTimeout: timeout, pauses: pauses)
        let exchange = Exchange(transport: transport, policy: .never, pauses: pauses)
        let request = APIRequest(method: .GET, url: url, limit: Self.limit)
        let outcome = try await exchange.send(request, token: nil)
        return try exchange.read(outcome) { answer throws(ClientError) in try answer.contents() }
    }
}

extension RawAnswer {
    /// The body of an answer that has no envelope unless it is an error.
    func contents() throws(ClientError) -> [UInt8] {
        guard !isSuccess else { return body.withUnsafeBytes { Array($0) } }
        return try read { _ throws(WireProblem) in throw WireProblem("no error") }
    }
}
