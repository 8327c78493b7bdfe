import StreamSigning
import Testing

@testable import StreamSigningHTTP

@Suite("A header of the PROXY protocol")
struct ProxyHeaderTests {
    /// An address that can't be read counts as nobody's, which no row expects of it.
    private static func client(_ address: String) -> ProxyHeader {
        IPAddress(address).map { .client($0) } ?? .unknownClient
    }

    private static let longest =
        "PROXY TCP6 ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff 65535 65535\r\n"

    static let lines: [(text: String, header: ProxyHeader)] = [
        ("PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n", client("192.0.2.7")),
        ("PROXY TCP4 255.255.255.255 255.255.255.255 65535 65535\r\n", client("255.255.255.255")),
        ("PROXY TCP4 192.0.2.7 198.51.100.1 0 0\r\n", client("192.0.2.7")),
        ("PROXY TCP6 2001:db8::7 2001:db8::1 4711 443\r\n", client("2001:db8::7")),
        ("PROXY TCP6 ::ffff:192.0.2.7 ::ffff:198.51.100.1 1 2\r\n", client("192.0.2.7")),
        (longest, client("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")),
        ("PROXY UNKNOWN\r\n", .unknownClient), ("PROXY UNKNOWN what ever follows\r\n", .unknownClient),
        ("PROXY UNKNOWN " + String(repeating: "a", count: 91) + "\r\n", .unknownClient),
    ]

    @Test("of version 1 names the client, and ends where its line does", arguments: lines)
    func line(_ text: String, _ header: ProxyHeader) {
        let bytes = Array(text.utf8)
        #expect(bytes.count <= ProxyHeader.longestLine)
        #expect(ProxyHeader.read(bytes + Array("GET / HTTP/1.1\r\n".utf8)) == .complete(header, count: bytes.count))
        for count in bytes.indices { #expect(ProxyHeader.read(bytes.prefix(count)) == .incomplete, "\(count) bytes") }
    }

    @Test(
        "of version 1 is nothing but that",
        arguments: [
            "GET / HTTP/1.1\r\n", "PROXY\r\n", "PROXY \r\n", "proxy TCP4 192.0.2.7 198.51.100.1 1 2\r\n", "PROXZ",
            "PROXY TCP4 192.0.2.7 198.51.100.1 1 2\n", "PROXY TCP4 192.0.2.7 198.51.100.1 1\r\n",
            "PROXY TCP4 192.0.2.7 198.51.100.1 1 2 3\r\n", "PROXY  TCP4 192.0.2.7 198.51.100.1 1 2\r\n",
            "PROXY TCP4 192.0.2.7 198.51.100.1 1 2 \r\n", "PROXY TCP4 192.0.2.07 198.51.100.1 1 2\r\n",
            "PROXY TCP4 192.0.2.7 nowhere 1 2\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 65536 2\r\n",
            "PROXY TCP4 192.0.2.7 198.51.100.1 01 2\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1 +1 2\r\n",
            "PROXY TCP4 192.0.2.7 198.51.100.1 -1 2\r\n", "PROXY TCP4 192.0.2.7 198.51.100.1  2\r\n",
            "PROXY TCP4 2001:db8::7 2001:db8::1 1 2\r\n", "PROXY TCP6 192.0.2.7 198.51.100.1 1 2\r\n",
            "PROXY TCP4 192.0.2.7 2001:db8::1 1 2\r\n", "PROXY TCP6 2001:db8::7%eth0 2001:db8::1 1 2\r\n",
            "PROXY UDP4 192.0.2.7 198.51.100.1 1 2\r\n", "PROXY unknown\r\n", "PROXY UNKNOWNS\r\n",
            "PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\r\n",
            "PROXY UNKNOWN " + String(repeating: "a", count: 92) + "\r\n",
            String(repeating: "P", count: 200), "\u{16}\u{3}\u{1}",
        ])
    func noLine(_ text: String) {
        #expect(ProxyHeader.read(Array(text.utf8)) == .malformed)
    }

    /// A header of version 2.
    private static func binary(
        _ command: UInt8, _ family: UInt8, _ payload: [UInt8], length: Int? = nil
    ) -> [UInt8] {
        let length = length ?? payload.count
        return [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, command, family]
            + [UInt8(length >> 8), UInt8(length & 0xFF)] + payload
    }

    /// One that passes on what a client sends.
    private static func binary(_ family: UInt8, _ payload: [UInt8], length: Int? = nil) -> [UInt8] {
        binary(0x21, family, payload, length: length)
    }

    private static let four: [UInt8] = [192, 0, 2, 7, 198, 51, 100, 1, 0x12, 0x67, 1, 0xBB]
    private static let six: [UInt8] =
        [0x20, 0x01, 0x0D, 0xB8] + [UInt8](repeating: 0, count: 11) + [7] + [UInt8](repeating: 1, count: 20)
    private static let mapped: [UInt8] =
        [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 192, 0, 2, 7] + [UInt8](repeating: 1, count: 20)
    private static func zeros(_ count: Int) -> [UInt8] { [UInt8](repeating: 0, count: count) }

    static let blocks: [(bytes: [UInt8], header: ProxyHeader)] = [
        (binary(0x11, four), client("192.0.2.7")),
        (binary(0x21, six), client("2001:db8::7")),
        (binary(0x21, mapped), client("192.0.2.7")),
        // What other things a proxy says is passed over.
        (binary(0x11, four + [0x02, 0, 4] + Array("host".utf8)), client("192.0.2.7")),
        (binary(0x11, four + zeros(ProxyHeader.longestPayload - 12)), client("192.0.2.7")),
        (binary(0x00, []), .unknownClient), (binary(0x00, zeros(20)), .unknownClient),
        (binary(0x31, zeros(216)), .unknownClient),
        (binary(0x20, 0x00, []), .proxyItself), (binary(0x20, 0x11, four), .proxyItself),
        (binary(0x20, 0xFF, [1, 2, 3]), .proxyItself),
    ]

    @Test("of version 2 names the client, and ends where it says", arguments: blocks)
    func block(_ bytes: [UInt8], _ header: ProxyHeader) {
        #expect(ProxyHeader.read(bytes + [1, 2, 3]) == .complete(header, count: bytes.count))
        for count in bytes.indices { #expect(ProxyHeader.read(bytes.prefix(count)) == .incomplete, "\(count) bytes") }
    }

    @Test(
        "of version 2 is nothing but that",
        arguments: [
            binary(0x11, 0x11, four), binary(0x31, 0x11, four), binary(0x22, 0x11, four), binary(0x2F, 0x11, four),
            // Datagrams, and families that there are none of.
            binary(0x12, four), binary(0x22, six), binary(0x32, zeros(216)), binary(0x10, four), binary(0x41, four),
            // Too short for its addresses.
            binary(0x11, zeros(11)), binary(0x21, zeros(35)), binary(0x31, zeros(215)), binary(0x11, []),
            // Too long, of which only the length has come.
            binary(0x11, [], length: ProxyHeader.longestPayload + 1), binary(0x20, 0x00, [], length: 65_535),
            [0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0B], [0x0D, 0x0A, 0x0D, 0x0D], [0x0A],
        ] as [[UInt8]])
    func noBlock(_ bytes: [UInt8]) {
        #expect(ProxyHeader.read(bytes) == .malformed)
    }
}
