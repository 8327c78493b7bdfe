package import NIOHTTP1
package import StreamSigning

/// Who is at the other end of a connection.
package struct Peer: Sendable, Equatable {
    /// nil if nobody knows: a proxy passes on what comes from somebody whom it cannot name.
    package let address: IPAddress?
    /// Whether it is one of the trusted proxies.
    package let isTrusted: Bool
}

/// The proxies in front of a listener, whose word on their clients' addresses counts.
package struct TrustedProxies: Sendable {
    let networks: [IPNetwork]
    /// Whether they begin every connection with a ``ProxyHeader``.
    let sendProxyHeader: Bool

    /// - Parameter sendProxyHeader: whether they speak the PROXY protocol.
    package init(_ networks: [IPNetwork] = [], sendProxyHeader: Bool = false) {
        self.networks = networks
        self.sendProxyHeader = sendProxyHeader
    }

    package func contain(_ address: IPAddress?) -> Bool {
        address.map { address in networks.contains { $0.contains(address) } } ?? false
    }

    /// - Parameter address: nil if it is not known.
    package func peer(_ address: IPAddress?) -> Peer {
        Peer(address: address, isTrusted: contain(address))
    }

    /// Who sends a request: the peer, or whom the proxy that it is names in `X-Forwarded-For`.
    ///
    /// That is the right-most address that is not one of our proxies. The client may have written whatever is to the left of it.
    /// - Returns: nil if there is none.
    package func client(of peer: Peer, _ headers: HTTPHeaders) -> IPAddress? {
        guard peer.isTrusted else { return peer.address }
        for entry in headers.members("x-forwarded-for").reversed() {
            guard let address = Self.address(entry) else { return nil }
            if !contain(address) { return address }
        }
        return nil
    }

    /// `192.0.2.7`, `192.0.2.7:4711`, `2001:db8::7` or `[2001:db8::7]:4711`.
    private static func address(_ entry: Substring) -> IPAddress? {
        if let address = IPAddress(String(entry)) { return address }
        if entry.hasPrefix("["), let end = entry.firstIndex(of: "]") {
            return IPAddress(String(entry[..<end].dropFirst()))
        }
        guard let colon = entry.firstIndex(of: ":") else { return nil }
        return IPAddress(String(entry[..<colon]))
    }
}
