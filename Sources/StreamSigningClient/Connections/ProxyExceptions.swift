internal import StreamSigning

/// Who is asked without a proxy, as `NO_PROXY` lists them.
///
/// | Entry | Whom it means |
/// |---|---|
/// | `example.com` | this host, and all whose names end in `.example.com` |
/// | `.example.com`, `*.example.com` | the latter alone |
/// | `192.0.2.7`, `2001:db8::7`, `[2001:db8::7]` | this address |
/// | `10.0.0.0/8` | the addresses of this block |
/// | any of these, but a block, with `:8443` behind it | the same at this port |
/// | `*` | everybody |
///
/// A name is not looked up: an address among the exceptions does not cover the names that lead there.
public struct ProxyExceptions: Sendable {
    private enum Target {
        case everybody
        /// `suffix` begins with a dot.
        case name(suffix: String, includesSelf: Bool)
        case network(IPNetwork)
    }

    private struct Entry {
        let target: Target
        var port: Int?
    }

    private let entries: [Entry]

    /// - Parameter text: entries with commas or white space between them. What is none matches nobody.
    public init(_ text: String) {
        entries = text.split { $0 == "," || $0.isWhitespace }.compactMap { Self.entry($0.lowercased()) }
    }

    /// - Parameters:
    ///   - host: a name or an address, without brackets.
    ///   - port: of the service.
    func contain(_ host: String, port: Int) -> Bool {
        var host = host.lowercased()
        if host.hasSuffix(".") { host.removeLast() }
        let address = IPAddress(host)
        if host == "localhost" || address.map(Self.isLoopback) == true { return true }
        return entries.contains { entry in
            (entry.port ?? port) == port && Self.matches(entry.target, host, address)
        }
    }

    private static func matches(_ target: Target, _ host: String, _ address: IPAddress?) -> Bool {
        switch target {
        case .everybody: true
        case .network(let network): address.map { network.contains($0) } ?? false
        case .name(let suffix, let includesSelf):
            address == nil && (host.hasSuffix(suffix) || includesSelf && "." + host == suffix)
        }
    }

    private static func isLoopback(_ address: IPAddress) -> Bool {
        ["127.0.0.0/8", "::1"].contains { (try? IPNetwork($0))?.contains(address) ?? false }
    }

    private static func entry(_ text: String) -> Entry? {
        if text == "*" { return Entry(target: .everybody) }
        if let network = try? IPNetwork(text) { return Entry(target: .network(network)) }
        let (host, port) = hostAndPort(text[...])
        if let address = IPAddress(String(host)) { return Entry(target: .network(IPNetwork(address)), port: port) }
        let name = host.hasPrefix("*.") ? host.dropFirst() : host
        guard !name.isEmpty, name != "." else { return nil }
        let includesSelf = !name.hasPrefix(".")
        return Entry(
            target: .name(suffix: includesSelf ? "." + name : String(name), includesSelf: includesSelf), port: port)
    }

    /// `a:1`, `[::1]:1`, `[::1]` or `a`.
    private static func hostAndPort(_ text: Substring) -> (host: Substring, port: Int?) {
        var (host, port) = (text, Int?.none)
        if let colon = text.lastIndex(of: ":"), let number = UInt16(text[text.index(after: colon)...]) {
            (host, port) = (text[..<colon], Int(number))
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        return (host, port)
    }
}
