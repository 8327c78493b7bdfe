import NIOHTTP1
import StreamSigning
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP

@Suite("The viewer")
struct ViewerTests {
    private let source: ViewerSource

    init() throws {
        source = ViewerSource(
            proxies: TrustedProxies([try IPNetwork("10.0.0.0/8")]), countryHeader: "CF-IPCountry")
    }

    private func viewer(_ peer: String, _ fields: [(String, String)]) -> Viewer {
        source.viewer(source.proxies.peer(IPAddress(peer)), HTTPHeaders(fields))
    }

    @Test("is who the connection comes from, whatever they say")
    func stranger() {
        let said = [("X-Forwarded-For", "192.0.2.1"), ("CF-IPCountry", "GB")]
        let viewer = viewer("203.0.113.9", said)
        #expect(viewer == Viewer(address: IPAddress("203.0.113.9"), country: nil))
    }

    @Test("is whom a trusted proxy names, and unknown if it names nobody")
    func forwarded() {
        #expect(viewer("10.1.2.3", [("X-Forwarded-For", "192.0.2.1, 10.0.0.2")]).address == IPAddress("192.0.2.1"))
        #expect(viewer("10.1.2.3", []) == Viewer(address: nil, country: nil))
    }

    @Test(
        "is in the country that a trusted proxy names, once",
        arguments: [
            (["GB"], "GB"), (["gb"], "GB"), (["XX"], nil), (["T1"], nil), ([], nil), (["GB", "FR"], nil),
            (["GBR"], nil), ([""], nil), (["GB, FR"], nil), (["GB "], "GB"), (["GB,"], nil),
        ] as [([String], String?)])
    func country(_ fields: [String], _ expected: String?) {
        let viewer = viewer("10.1.2.3", fields.map { ("cf-ipcountry", $0) })
        #expect(viewer.country?.description == expected)
    }

    static let looked: [(peer: String, fields: [(String, String)], country: CountryCode?)] = [
        ("203.0.113.9", [], .fr), ("2001:db8::9", [], nil),
        // Strangers choose neither the country nor whose is looked up.
        ("203.0.113.9", [("CF-IPCountry", "GB"), ("X-Forwarded-For", "192.0.2.1")], .fr),
        ("10.1.2.3", [("X-Forwarded-For", "192.0.2.1")], .gb),
        ("10.1.2.3", [("X-Forwarded-For", "192.0.2.1, 203.0.113.9")], .fr),
        ("10.1.2.3", [("X-Forwarded-For", "198.51.100.1")], nil),
        ("10.1.2.3", [], nil),
        // What the proxy says goes before what the database does, and so does what it does not know.
        ("10.1.2.3", [("X-Forwarded-For", "192.0.2.1"), ("CF-IPCountry", "IE")], .ie),
        ("10.1.2.3", [("X-Forwarded-For", "192.0.2.1"), ("CF-IPCountry", "XX")], nil),
        ("10.1.2.3", [("X-Forwarded-For", "192.0.2.1"), ("CF-IPCountry", "")], nil),
        (
            "10.1.2.3", [("X-Forwarded-For", "192.0.2.1"), ("CF-IPCountry", "IE"), ("CF-IPCountry", "GB")],
            nil
        ),
    ]

    @Test("is in the country of the address, where no proxy names one", arguments: looked)
    func database(_ peer: String, _ fields: [(String, String)], _ expected: CountryCode?) {
        var source = source
        source.countryOfAddress = { address in
            switch address.description {
            case "192.0.2.1": .gb
            case "203.0.113.9": .fr
            // The proxy's own, which nobody watches from.
            case "10.1.2.3": .us
            default: nil
            }
        }
        let viewer = source.viewer(source.proxies.peer(IPAddress(peer)), HTTPHeaders(fields))
        #expect(viewer.country == expected)
    }
}
