import NIOCore
import NIOHTTP1
import StreamSigning

/// Who is at the other end of a connection.
struct Peer: Sendable {
    let address: IPAddress?
    /// Whether it is one of the trusted proxies.
    let isTrusted: Bool
}

/// Who watches, as far as that is certain.
struct Viewer: Sendable, Equatable {
    var address: IPAddress?
    var country: CountryCode?
}

/// Finds out who watches, from the connection and from what trusted proxies say. A viewer cannot influence the result.
struct ViewerSource: Sendable {
    let trustedProxies: [IPNetwork]
    let countryHeader: String?
    /// What a database says of an address; nil without a database.
    var countryOfAddress: (@Sendable (IPAddress) -> CountryCode?)?

    func peer(_ address: SocketAddress?) -> Peer {
        let address = address?.ipAddress.flatMap { IPAddress($0) }
        return Peer(address: address, isTrusted: address.map(isTrusted) ?? false)
    }

    func viewer(_ peer: Peer, _ headers: HTTPHeaders) -> Viewer {
        guard peer.isTrusted else { return Viewer(address: peer.address, country: country(of: peer.address)) }
        let address = forwardedAddress(headers)
        let said = countryHeader.map { headers[$0] } ?? []
        return Viewer(address: address, country: said.isEmpty ? country(of: address) : country(said))
    }

    /// Who is connected to a media server that asks, which passes on what a proxy says in front of it.
    func viewer(at address: IPAddress?, forwardedFor forwarded: IPAddress?) -> Viewer {
        let address = address.map(isTrusted) == true ? forwarded : address
        return Viewer(address: address, country: country(of: address))
    }

    private func country(of address: IPAddress?) -> CountryCode? {
        address.flatMap { address in countryOfAddress?(address) }
    }

    private func isTrusted(_ address: IPAddress) -> Bool {
        trustedProxies.contains { $0.contains(address) }
    }

    /// The right-most address that is not one of our proxies. The viewer may have written whatever is to the left of it. Without
    /// such an address the viewer's is unknown: the peer's is the proxy's own.
    private func forwardedAddress(_ headers: HTTPHeaders) -> IPAddress? {
        for entry in headers[canonicalForm: "x-forwarded-for"].reversed() {
            guard let address = Self.address(entry) else { return nil }
            if !isTrusted(address) { return address }
        }
        return nil
    }

    /// The country that the proxy's field names. Two fields are not believed, because one of them may be the viewer's. Where a
    /// proxy sends the field, the database is not asked, even if the proxy does not know the country.
    private func country(_ values: [String]) -> CountryCode? {
        // Cloudflare writes XX for unknown and T1 for Tor. Neither is a country.
        let words = values.count == 1 ? values[0].split { $0 == " " || $0 == "\t" } : []
        guard words.count == 1, words[0].uppercased() != "XX" else { return nil }
        return CountryCode(anyLetters: Array(words[0].utf8))
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
