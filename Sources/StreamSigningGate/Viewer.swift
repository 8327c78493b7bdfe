import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

/// Who watches, as far as that is certain.
struct Viewer: Sendable, Equatable {
    var address: IPAddress?
    var country: CountryCode?
}

/// Finds out who watches, from the connection and from what trusted proxies say. A viewer cannot influence the result.
struct ViewerSource: Sendable {
    let proxies: TrustedProxies
    let countryHeader: String?
    /// What a database says of an address; nil without a database.
    var countryOfAddress: (@Sendable (IPAddress) -> CountryCode?)?

    func viewer(_ peer: Peer, _ headers: HTTPHeaders) -> Viewer {
        guard peer.isTrusted else { return Viewer(address: peer.address, country: country(of: peer.address)) }
        let address = proxies.client(of: peer, headers)
        let said = countryHeader.map { headers[$0] } ?? []
        return Viewer(address: address, country: said.isEmpty ? country(of: address) : country(said))
    }

    /// Who is connected to a media server that asks, which passes on what a proxy says in front of it.
    func viewer(at address: IPAddress?, forwardedFor forwarded: IPAddress?) -> Viewer {
        let address = proxies.contain(address) ? forwarded : address
        return Viewer(address: address, country: country(of: address))
    }

    private func country(of address: IPAddress?) -> CountryCode? {
        address.flatMap { address in countryOfAddress?(address) }
    }

    /// The country that the proxy's field names. Two fields are not believed, because one of them may be the viewer's. Where a
    /// proxy sends the field, the database is not asked, even if the proxy does not know the country.
    private func country(_ values: [String]) -> CountryCode? {
        // Cloudflare writes XX for unknown and T1 for Tor. Neither is a country.
        let words = values.count == 1 ? values[0].split { $0 == " " || $0 == "\t" } : []
        guard words.count == 1, words[0].uppercased() != "XX" else { return nil }
        return CountryCode(anyLetters: Array(words[0].utf8))
    }
}
