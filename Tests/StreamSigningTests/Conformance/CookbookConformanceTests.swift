import Testing

@testable import StreamSigning

@Suite("Conformance: RFC 7520 cookbook", .enabled(if: ExternalCorpus.isThere, "STREAM_SIGNING_CORPUS is not set"))
struct CookbookConformanceTests {
    private static func cases() throws -> [JSONRow] {
        try ExternalCorpus.object("cookbook-rs256.json").rows("cases")
    }

    @Test("its RS256 signatures verify")
    func signatures() throws {
        var count = 0
        for row in try Self.cases() where row.optional("expect_jws") == "valid" {
            let key = try VerificationKey(importing: row.text(of: "public_jwk"))
            let message = Array(try row.required("signing_input", as: String.self).utf8)
            let signature = try #require(DecodedText(base64URL: row.required("signature_b64u"))).bytes
            #expect(key.isValid(signature, for: message))
            count += 1
        }
        #expect(count == 2)
    }

    @Test("its private key gives its signature, byte for byte")
    func signing() throws {
        let row = try #require(try Self.cases().first { $0.members["private_jwk"] != nil })
        let key = try SigningKey(importing: row.text(of: "private_jwk"))
        #expect(try ForgedToken.sign(row.required("signing_input"), by: key) == row.required("token"))
    }

    @Test("its JSON serializations are no tokens")
    func serializations() throws {
        let verdicts = try Verdicts.standard()
        var count = 0
        for row in try Self.cases() where row.optional("expect_compact_parser") == "reject" {
            #expect(try verdicts.code(of: row.required("serialized")) == .tokenMalformed)
            count += 1
        }
        #expect(count == 2)
    }
}
