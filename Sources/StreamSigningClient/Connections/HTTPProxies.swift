internal import StreamSigning

/// Which proxy a request goes through: by the scheme of its URL, with exceptions.
///
/// This machine itself (`localhost`, 127.0.0.0/8 and ::1) is never asked through a proxy.
public struct HTTPProxies: Sendable {
    /// For `https://…`; nil for none.
    public var encrypted: HTTPProxy?
    /// For `http://…`; nil for none.
    public var unencrypted: HTTPProxy?
    /// Who is asked without a proxy.
    public var exceptions = ProxyExceptions("")

    /// No proxies.
    public init() {}

    /// What the environment says (see ``OutboundConnections/init(environment:authoritiesFile:)``).
    init(environment variables: [String: String]) throws(ClientError) {
        func proxy(_ names: String...) throws(ClientError) -> HTTPProxy? {
            for name in names {
                guard let text = variables.value(name) else { continue }
                do {
                    return try HTTPProxy(text)
                } catch {
                    throw ClientError(.invalidArgument, "\(name): \(error.reason)")
                }
            }
            return nil
        }
        encrypted = try proxy("https_proxy", "HTTPS_PROXY")
        unencrypted =
            variables["REQUEST_METHOD"] == nil
            ? try proxy("http_proxy", "HTTP_PROXY") : try proxy("http_proxy")
        exceptions = ProxyExceptions(variables.value("no_proxy") ?? variables.value("NO_PROXY") ?? "")
    }

    /// The proxy for a service; nil for none.
    package func proxy(for url: String) -> HTTPProxy? {
        guard let address = try? HTTPAddress(url, allowsQuery: true),
            let proxy = address.isEncrypted ? encrypted : unencrypted,
            !exceptions.contain(address.host, port: address.port)
        else { return nil }
        return proxy
    }
}
