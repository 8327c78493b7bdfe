import Testing

@testable import StreamSigning

@Suite("DER inside PEM")
struct DERTests {
    /// A SubjectPublicKeyInfo or PrivateKeyInfo whose outer length stands in one byte more than it needs: BER, not DER.
    @Test(
        "a length in more bytes than it needs is a second text of the same key, and refused",
        arguments: ["rsa2048-spki-public", "rsa2048-pkcs8-private", "rsa2048-pkcs1-private", "rsa2048-pkcs1-public"])
    func longLength(file: String) throws {
        let (label, der) = try Self.block("pem-cases/\(file).pem")
        #expect(Array(der[..<2]) == [0x30, 0x82])
        let longer = [0x30, 0x83, 0x00] + der[2...]
        #expect(throws: KeyError.self) { try VerificationKey(importing: Self.pem(label, longer)) }
        #expect(throws: Never.self) { try VerificationKey(importing: Self.pem(label, der)) }
    }

    @Test("an indefinite length is BER, and refused", arguments: ["rsa2048-spki-public", "rsa2048-pkcs8-private"])
    func indefiniteLength(file: String) throws {
        let (label, der) = try Self.block("pem-cases/\(file).pem")
        let indefinite = [0x30, 0x80] + der[4...] + [0x00, 0x00]
        #expect(throws: KeyError.self) { try VerificationKey(importing: Self.pem(label, indefinite)) }
    }

    @Test(
        "bytes behind it are refused",
        arguments: ["rsa2048-spki-public", "rsa2048-pkcs8-private", "rsa2048-pkcs1-private", "rsa2048-pkcs1-public"])
    func trailing(file: String) throws {
        let (label, der) = try Self.block("pem-cases/\(file).pem")
        #expect(throws: KeyError.self) { try VerificationKey(importing: Self.pem(label, der + [0])) }
    }

    @Test(
        "a PKCS#8 key has version 0 or 1, and is written with 0",
        arguments: [(0, true), (1, true), (2, false), (3, false), (0x7F, false), (0x80, false), (0xFF, false)]
            as [(UInt8, Bool)])
    func version(_ version: UInt8, isAccepted: Bool) throws {
        let (label, der) = try Self.block("pem-cases/rsa2048-pkcs8-private.pem")
        // SEQUENCE of a length in two bytes, then INTEGER of one byte.
        #expect(Array(der[4..<7]) == [0x02, 0x01, 0x00])
        let other = der[..<6] + [version] + der[7...]
        let key = try? SigningKey(importing: Self.pem(label, Array(other)))
        #expect((key != nil) == isAccepted)
        #expect(try key?.pem(.pkcs8).reveal() == (isAccepted ? Self.pem(label, der) : nil))
    }

    @Test("more than 16 KiB of it is refused unread")
    func size() {
        let text = Self.pem("PUBLIC KEY", [UInt8](repeating: 0x30, count: 16 * 1024 + 1))
        let error = #expect(throws: KeyError.self) { try VerificationKey(importing: text) }
        #expect(error?.code == .unsupported)
    }

    private static func block(_ path: String) throws -> (label: String, der: [UInt8]) {
        let lines = try Vectors.text(path).split(separator: "\n")
        let label = try #require(lines.first).dropFirst("-----BEGIN ".count).dropLast(5)
        let body = lines.dropFirst().dropLast().joined()
        return (String(label), try #require(DecodedText(Array(body.utf8), .standard)).bytes)
    }

    private static func pem(_ label: String, _ der: [UInt8]) -> String {
        var body = der.withUnsafeBytes { Base64.standard.encode($0) }[...]
        var lines: [Substring] = []
        while !body.isEmpty {
            lines.append(body.prefix(64))
            body = body.dropFirst(64)
        }
        return "-----BEGIN \(label)-----\n\(lines.joined(separator: "\n"))\n-----END \(label)-----\n"
    }
}
