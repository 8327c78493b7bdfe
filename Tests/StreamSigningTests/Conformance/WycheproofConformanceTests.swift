import Testing

@testable import StreamSigning

@Suite("Conformance: Wycheproof", .enabled(if: ExternalCorpus.isThere, "STREAM_SIGNING_CORPUS is not set"))
struct WycheproofConformanceTests {
    private static let file = "wycheproof/rsa_signature_2048_sha256_test.json"

    @Test("gives its verdict on each of its 259 PKCS#1 v1.5 signatures")
    func signatures() throws {
        var count = 0
        for group in try ExternalCorpus.object(Self.file).rows("testGroups") {
            let key = try VerificationKey(importing: group.required("publicKeyPem", as: String.self))
            #expect(key.bits == 2048)
            for row in try group.rows("tests") {
                try check(row, key)
                count += 1
            }
        }
        #expect(count == 259)
    }

    /// Its one `acceptable` row, whose DigestInfo lacks the NULL, is refused: RFC 8017 9.2 wants the NULL.
    private func check(_ row: JSONRow, _ key: VerificationKey) throws {
        let message = try #require(DecodedText(hex: row.required("msg"))).bytes
        let signature = try #require(DecodedText(hex: row.required("sig"))).bytes
        let isExpected = try row.required("result") == "valid"
        let number: Int = try row.required("tcId")
        let comment: String = try row.required("comment")
        #expect(key.isValid(signature, for: message) == isExpected, "tcId \(number): \(comment)")
    }
}
