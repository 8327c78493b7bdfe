import StreamSigning
import Testing

@Suite("IP addresses")
struct IPAddressTests {
    @Test(
        "are written canonically (RFC 5952)",
        arguments: [
            ("192.0.2.1", "192.0.2.1"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("::", "::"),
            ("::1", "::1"), ("2001:DB8:0:0:0:0:0:1", "2001:db8::1"), ("2001:db8::", "2001:db8::"),
            ("1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7:8"), ("1:2:3:4:5:6:192.0.2.1", "1:2:3:4:5:6:c000:201"),
            ("::ffff:192.0.2.1", "192.0.2.1"), ("::FFFF:c000:0201", "192.0.2.1"),
            ("0000:0000:0000:0000:0000:ffff:192.000.2.1", nil),
            ("0000:0000:0000:0000:0000:ffff:255.255.255.255", "255.255.255.255"),
        ] as [(String, String?)])
    func canonical(text: String, written: String?) {
        #expect(IPAddress(text)?.description == written)
    }

    @Test("mapped into IPv6 are the IPv4 addresses they carry, and no others are")
    func mapped() {
        #expect(IPAddress("::ffff:192.0.2.1") == IPAddress("192.0.2.1"))
        #expect(IPAddress("::192.0.2.1") != IPAddress("192.0.2.1"))
        #expect(IPAddress("64:ff9b::192.0.2.1") != IPAddress("192.0.2.1"))
        #expect(IPAddress("::fffe:192.0.2.1") != IPAddress("192.0.2.1"))
        #expect(IPAddress("::1:ffff:192.0.2.1") != IPAddress("192.0.2.1"))
    }

    @Test(
        "are refused with anything beside them",
        arguments: [
            "", "1", "1.2.3", "1.2.3.4.5", "1.2.3.256", "1.2.3.-4", "01.2.3.4", "1.2.3.04", "1.2.3.4 ", " 1.2.3.4",
            "1.2.3.4\n", "1.2.3.4:80", "1.2.3.4/32", "0x1.2.3.4", "1.2.3.4\u{0}", "\u{0}", "[::1]", "::1%eth0",
            "fe80::1%1", ":",
            ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "::1.2.3", "::1.2.3.4.5",
            "1.2.3.4::", "localhost", "\u{FF11}.2.3.4", "0000:0000:0000:0000:0000:ffff:255.255.255.2555",
        ])
    func refused(_ text: String) {
        #expect(IPAddress(text) == nil)
    }
}
