internal import FoundationEssentials
internal import StreamSigning

/// A proxy that connects its clients to others (`CONNECT`, RFC 9110 9.3.6), for services with and without TLS alike.
///
/// What it is told of a request to a service with TLS is the service's host and port.
public struct HTTPProxy: Sendable {
    /// Where it is.
    public let host: String
    /// Its port.
    public let port: Int
    /// A name and a password with a colon between them.
    let credentials: ProxyCredentials?

    /// - Parameter text: `http://proxy.example:3128`, with `NAME:PASSWORD@` before the host where the proxy wants them. Without the
    ///   scheme it is the same, and without a port it is 80.
    /// - Throws: ``ClientError`` with code `invalid_argument`, which does not quote the text.
    public init(_ text: String) throws(ClientError) {
        let scheme = text.prefix { $0 != ":" }.lowercased()
        let hasScheme = text.dropFirst(scheme.count).hasPrefix("://")
        guard !hasScheme || scheme == "http" else {
            throw ClientError(
                .invalidArgument, "only proxies that are asked over HTTP are supported: http://HOST:PORT")
        }
        guard let url = URL(string: hasScheme ? text : "http://" + text),
            let host = url.host(percentEncoded: false).map(Self.withoutBrackets), !host.isEmpty,
            ["", "/"].contains(url.path(percentEncoded: true)), url.query(percentEncoded: true) == nil,
            url.fragment(percentEncoded: true) == nil, let port = Self.port(url.port)
        else { throw ClientError(.invalidArgument, "not the URL of a proxy: http://HOST:PORT") }
        self.host = host
        self.port = port
        credentials = url.user(percentEncoded: false).map { name in
            ProxyCredentials(name: name, password: url.password(percentEncoded: false) ?? "")
        }
    }

    private static func port(_ port: Int?) -> Int? {
        guard let port else { return 80 }
        return (1...65_535).contains(port) ? port : nil
    }

    private static func withoutBrackets(_ host: String) -> String {
        host.hasPrefix("[") && host.hasSuffix("]") ? String(host.dropFirst().dropLast()) : host
    }
}

extension HTTPProxy: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Host and port, without name and password.
    public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// Host and port.
    public var customMirror: Mirror { Mirror(self, children: ["host": host, "port": port]) }
}

/// What a proxy wants to know of who asks it. No description shows it.
struct ProxyCredentials: Sendable {
    private let secret: SecretBytes

    init(name: String, password: String) {
        secret = SecretBytes(copying: Array("\(name):\(password)".utf8))
    }

    /// As in `Proxy-Authorization: Basic` (RFC 7617 2).
    var base64: String {
        secret.withUnsafeBytes { Base64.standard.encode($0) }
    }
}
