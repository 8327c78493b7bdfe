import StreamSigning
import Testing

@testable import StreamSigningHTTP

@Suite("Where a connection comes from")
struct ConnectionOriginTests {
    @Test(
        "is one address of version 4, or the 64 bits of a network of version 6",
        arguments: [
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
            ("192.0.2.7", "::ffff:192.0.2.7", true), ("2001:db8::1", "2001:db8::ffff:0:0:2", true),
            ("2001:db8:0:1::1", "2001:db8:0:2::1", false), ("::1", "0.0.0.1", false), ("::", "0.0.0.0", false),
        ])
    func same(one: String, other: String, isSame: Bool) throws {
        let origins = try [one, other].map(origin)
        #expect((origins[0] == origins[1]) == isSame)
        #expect(Set(origins).count == (isSame ? 1 : 2))
    }

    @Test(
        "is described as such",
        arguments: [("192.0.2.7", "192.0.2.7"), ("2001:db8:0:1:2::3", "2001:db8:0:1::/64")])
    func description(address: String, text: String) throws {
        #expect(try origin(address).description == text)
    }

    @Test("may be one that many clients have, by its own address")
    func shared() throws {
        let networks = [try IPNetwork("10.0.0.0/8"), try IPNetwork("2001:db8::7")]
        let cases = [("10.1.2.3", true), ("11.0.0.1", false), ("2001:db8::7", true), ("2001:db8::8", false)]
        for (address, isShared) in cases {
            #expect(try origin(address).isIn(networks) == isShared, "\(address)")
        }
        #expect(!ConnectionOrigin(nil as IPAddress?).isIn(networks))
    }

    private func origin(_ text: String) throws -> ConnectionOrigin {
        let address: IPAddress = try #require(IPAddress(text))
        return ConnectionOrigin(address)
    }
}
