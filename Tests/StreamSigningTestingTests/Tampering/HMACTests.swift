import Testing

@testable import StreamSigningTesting

/// A forgery whose MAC is wrong would be refused by the very verifier it is meant to find.
@Suite("HMAC-SHA-256")
struct HMACTests {
    @Test("is that of RFC 4231, test case 2")
    func rfc4231() throws {
        let mac = try HMAC.sha256("what do ya want for nothing?", key: "Jefe")
        #expect(mac.prefix(8) == [0x5B, 0xDC, 0xC1, 0x46, 0xBF, 0x60, 0x75, 0x4E])
    }

    @Test("of a key longer than a block is what openssl computes")
    func longKey() throws {
        let mac = try HMAC.sha256("what do ya want for nothing?", key: String(repeating: "k", count: 100))
        #expect(mac.prefix(8) == [0x06, 0xB9, 0xB5, 0xE0, 0x80, 0x93, 0x49, 0x7E])
    }
}
