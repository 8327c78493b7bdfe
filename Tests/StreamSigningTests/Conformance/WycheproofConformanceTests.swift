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
            let rows = try group.rows("tests")
            let batches = try BatchLibrary.all.map { try $0.verify(rows.map { try lane($0, key) }) }
            for (index, row) in rows.enumerated() {
                try check(row, key, in: batches.map { $0[index] })
                count += 1
            }
        }
        #expect(count == 259)
    }

    private func lane(_ row: JSONRow, _ key: VerificationKey) throws -> BatchLane {
        BatchLane(
            key: key.handle, message: try #require(DecodedText(hex: row.required("msg"))).bytes,
            signature: try #require(DecodedText(hex: row.required("sig"))).bytes)
    }

    /// Its one `acceptable` row, whose DigestInfo lacks the NULL, is refused: RFC 8017 9.2 wants the NULL.
    /// - Parameter batches: the verdicts on it in a batch of all rows of its key, by either implementation.
    private func check(_ row: JSONRow, _ key: VerificationKey, in batches: [Bool]) throws {
        let lane = try lane(row, key)
        let isExpected = try row.required("result") == "valid"
        let number: Int = try row.required("tcId")
        let comment: String = try row.required("comment")
        #expect(key.isValid(lane.signature, over: lane.message) == isExpected, "tcId \(number): \(comment)")
        #expect(batches.allSatisfy { $0 == isExpected }, "tcId \(number): \(comment): \(batches)")
    }
}
