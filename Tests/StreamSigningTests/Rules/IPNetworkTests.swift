import StreamSigning
import Testing

@Suite("CIDR blocks")
struct IPNetworkTests {
    @Test(
        "hold the addresses from their first to their last",
        arguments: [
            ("192.0.2.0/24", "192.0.2.0", true), ("192.0.2.0/24", "192.0.2.255", true),
            ("192.0.2.0/24", "192.0.1.255", false), ("192.0.2.0/24", "192.0.3.0", false),
            ("0.0.0.0/0", "0.0.0.0", true), ("0.0.0.0/0", "255.255.255.255", true), ("0.0.0.0/0", "::", false),
            ("192.0.2.7/32", "192.0.2.7", true), ("192.0.2.7/32", "192.0.2.6", false), ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.8", false), ("192.0.2.6/31", "192.0.2.7", true),
            ("192.0.2.6/31", "192.0.2.8", false),
            ("128.0.0.0/1", "128.0.0.0", true), ("128.0.0.0/1", "127.255.255.255", false), ("::/0", "::", true),
            ("::/0", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", true), ("2001:db8::/32", "2001:db8:ffff::1", true),
            ("2001:db8::/32", "2001:db9::", false), ("2001:db8::1/128", "2001:db8::1", true),
            ("2001:db8::1/128", "2001:db8::2", false), ("2001:db8::/64", "2001:db8::ffff:ffff:ffff:ffff", true),
            ("2001:db8::/64", "2001:db8:0:1::", false), ("2001:db8::/65", "2001:db8::8000:0:0:0", false),
            ("2001:db8::/63", "2001:db8:0:1::", true), ("8000::/1", "7fff::", false),
            ("192.0.2.77/24", "192.0.2.1", true),
        ])
    func contains(block: String, address: String, isInside: Bool) throws {
        #expect(try IPNetwork(block).contains(#require(IPAddress(address))) == isInside)
    }

    @Test(
        "keep IPv4 and IPv6 apart, except that a mapped address counts as IPv4",
        arguments: [
            ("192.0.2.0/24", "::ffff:192.0.2.1", true), ("::ffff:192.0.2.0/120", "192.0.2.1", true),
            ("::ffff:192.0.2.0/120", "192.0.3.1", false), ("::ffff:0:0/96", "203.0.113.9", true),
            ("::ffff:192.0.2.1", "192.0.2.1", true), ("::ffff:192.0.2.1/128", "192.0.2.1", true),
            ("::ffff:192.0.2.1/128", "192.0.2.2", false), ("::/0", "192.0.2.1", false), ("::/96", "192.0.2.1", false),
            ("::ffff:0:0/95", "192.0.2.1", false), ("::192.0.2.0/120", "192.0.2.1", false),
            ("64:ff9b::/96", "64:ff9b::192.0.2.1", true), ("64:ff9b::/96", "192.0.2.1", false),
        ])
    func families(block: String, address: String, isInside: Bool) throws {
        #expect(try IPNetwork(block).contains(#require(IPAddress(address))) == isInside)
    }

    /// Such a block holds the IPv6 addresses around the mapped range and nothing else.
    @Test(
        "wider than the mapped range keep their bits",
        arguments: [
            ("::ffff:0:0/95", "::fffe:0:1", true), ("::ffff:0:0/95", "::1", false),
            ("::ffff:0:0/90", "::ffc0:0:1", true),
            ("::ffff:0:0/90", "::ff80:0:1", false), ("::ffff:0:0/81", "::8000:0:1", true),
            ("::ffff:0:0/81", "::1", false),
            ("::ffff:0:0/80", "::1", true), ("::ffff:0:0/80", "::1:0:0:1", false),
        ])
    func wideMapped(block: String, address: String, isInside: Bool) throws {
        #expect(try IPNetwork(block).contains(#require(IPAddress(address))) == isInside)
    }

    @Test(
        "are written with the bits that count",
        arguments: [
            ("192.0.2.77/24", "192.0.2.0/24"), ("192.0.2.7/32", "192.0.2.7"), ("2001:DB8::1/32", "2001:db8::/32"),
            ("2001:db8::1/128", "2001:db8::1"), ("::ffff:192.0.2.77/120", "192.0.2.0/24"), ("0.0.0.0/0", "0.0.0.0/0"),
            ("::/0", "::/0"), ("::ffff:0:0/90", "::ffc0:0:0/90"),
        ])
    func written(text: String, written: String) throws {
        let network = try IPNetwork(text)
        #expect(network.description == written)
        #expect(try IPNetwork(network.description) == network)
    }

    @Test(
        "are refused with a prefix that is none",
        arguments: [
            "192.0.2.0/33", "::/129", "::/999", "192.0.2.0/", "/24", "/", "192.0.2.0/-1", "192.0.2.0/+1",
            "192.0.2.0/024",
            "192.0.2.0/00", "192.0.2.0/ 24", "192.0.2.0/24 ", "192.0.2.0/2a", "192.0.2.0//24", "192.0.2.0/24/24",
            "192.0.2/24",
            "192.0.2.0/255.255.255.0", "192.0.2.0-192.0.2.9", "", "::/0x10", "192.0.2.0/1000", "::ffff:1.2.3.4/129",
        ])
    func refused(_ text: String) {
        #expect(throws: InvalidClaim.self) { try IPNetwork(text) }
    }
}
