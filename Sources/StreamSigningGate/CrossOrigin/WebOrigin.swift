import StreamSigning

/// An origin as browsers name it: `https://player.example` (RFC 6454 6.2).
public struct WebOrigin: Sendable, Hashable, CustomStringConvertible {
    /// Scheme, host and port, in lower case and without a port that is the scheme's own.
    public let description: String

    /// - Parameter text: a scheme, a host, and perhaps a port. A name with other than ASCII characters is written as browsers send
    ///   it, `xn--…`.
    /// - Returns: nil for anything else, a path or a slash at the end included.
    public init?(_ text: some StringProtocol) {
        let text = text.lowercased()
        guard let scheme = Self.ports.keys.first(where: { text.hasPrefix("\($0)://") }) else { return nil }
        var host = text.dropFirst(scheme.count + 3)
        var port = ""
        // The colons of an IPv6 address are in brackets.
        if let colon = host.lastIndex(of: ":"), !host[colon...].contains("]") {
            let digits = host[host.index(after: colon)...]
            guard digits.utf8.allSatisfy(\.isASCIIDigit), let number = UInt16(digits), number > 0 else { return nil }
            if number != Self.ports[scheme] { port = ":\(number)" }
            host = host[..<colon]
        }
        guard !host.isEmpty, host.utf8.count <= 255, Self.isHost(host) else { return nil }
        description = "\(scheme)://\(host)\(port)"
    }

    private static func isHost(_ host: Substring) -> Bool {
        guard host.hasPrefix("[") else {
            return host.utf8.allSatisfy { $0.isASCIIAlphanumeric || "-._".utf8.contains($0) }
        }
        return host.hasSuffix("]") && host.contains(":") && IPAddress(String(host.dropFirst().dropLast())) != nil
    }

    private static let ports: [String: UInt16] = ["http": 80, "https": 443]
}
