import NIOHTTP1
import StreamSigning
import Testing

@testable import StreamSigningHTTP

@Suite("The client, behind trusted proxies")
struct TrustedProxiesTests {
    private let proxies: TrustedProxies

    init() throws {
        proxies = TrustedProxies([try IPNetwork("10.0.0.0/8"), try IPNetwork("fd00::/8")])
    }

    private func client(_ peer: String?, _ fields: [String]) -> IPAddress? {
        proxies.client(
            of: proxies.peer(peer.flatMap { IPAddress($0) }), HTTPHeaders(fields.map { ("X-Forwarded-For", $0) }))
    }

    static let chains: [(fields: [String], address: String?)] = [
        (["192.0.2.1"], "192.0.2.1"),
        (["192.0.2.1, 10.0.0.2"], "192.0.2.1"),
        (["192.0.2.1, 203.0.113.5, 10.0.0.2"], "203.0.113.5"),
        (["192.0.2.1", "203.0.113.5"], "203.0.113.5"),
        (["nonsense, 203.0.113.5"], "203.0.113.5"),
        (["203.0.113.5:1234"], "203.0.113.5"),
        (["2001:db8::7"], "2001:db8::7"),
        (["[2001:db8::7]:443"], "2001:db8::7"),
        (["::ffff:192.0.2.1"], "192.0.2.1"),
        (["192.0.2.1, fd00::1"], "192.0.2.1"),
        // Empty members do not count (RFC 9110 5.6.1).
        (["192.0.2.1,"], "192.0.2.1"), ([",192.0.2.1"], "192.0.2.1"), (["192.0.2.1, , 10.0.0.2"], "192.0.2.1"),
        (["192.0.2.1 ,\t,, 10.0.0.2 , "], "192.0.2.1"), (["192.0.2.1", ""], "192.0.2.1"),
        (["192.0.2.1, 203.0.113.5, ,", " , 10.0.0.2"], "203.0.113.5"),
        // Nothing to go by is not known.
        ([], nil), ([""], nil), ([","], nil), ([" , "], nil), (["10.0.0.3"], nil), (["unknown"], nil),
        (["192.0.2.1, nonsense"], nil), (["192.0.2.1, nonsense, 10.0.0.2"], nil), (["192.0.2.1, [::1"], nil),
        (["192.0.2.1, 1.2.3.4.5:80"], nil), (["192.0.2.1 203.0.113.5"], nil), (["192.0.2.1;203.0.113.5"], nil),
    ]

    @Test("is the right-most address that is not a proxy's", arguments: chains)
    func forwarded(_ fields: [String], _ address: String?) {
        #expect(client("10.1.2.3", fields) == address.flatMap { IPAddress($0) })
    }

    @Test("is the peer itself where that is no proxy", arguments: ["203.0.113.9", "::ffff:203.0.113.9", "2001:db8::1"])
    func stranger(_ peer: String) {
        #expect(client(peer, ["192.0.2.1"]) == IPAddress(peer))
    }

    @Test("is unknown if the peer is, whatever is forwarded")
    func unknown() {
        #expect(client(nil, ["192.0.2.1"]) == nil)
        #expect(!proxies.peer(nil).isTrusted)
    }
}
