import Foundation
import Testing

@testable import StreamSigning

@Suite("Key corpus")
struct KeyCorpusTests {
    @Test("JWKs are loaded, refused, or decided as written down", arguments: try KeyCorpusRow.jwks())
    func jwk(_ row: KeyCorpusRow) throws {
        try check(row)
    }

    @Test("key files are loaded, refused, or decided as written down", arguments: try KeyCorpusRow.pems())
    func keyFile(_ row: KeyCorpusRow) throws {
        try check(row)
    }

    @Test("has the rows it is said to have")
    func counts() throws {
        #expect(try KeyCorpusRow.jwks().count == 27 + 143)
        #expect(try KeyCorpusRow.pems().count == 103)
    }

    @Test("has a decision for each open row and for no other")
    func decisions() throws {
        let open = try (KeyCorpusRow.jwks() + KeyCorpusRow.pems()).filter { $0.expectation == "either" }.map(\.name)
        #expect(Set(open) == Set(KeyCorpusDecision.all.keys))
    }

    private func check(_ row: KeyCorpusRow) throws {
        let result = Result { () throws(KeyError) in try row.load() }
        var accepts = row.expectation == "accept" || KeyCorpusDecision.revised.contains(row.name)
        if row.expectation == "either" {
            accepts = try #require(KeyCorpusDecision.all[row.name]) == .accept
        }
        switch result {
        case .success(let key):
            #expect(accepts, "loaded, and should not be")
            try checkNumbers(key, row)
        case .failure(let error):
            #expect(!accepts, "refused: \(error)")
            #expect(!error.reason.isEmpty && !error.reason.contains("\n"))
        }
    }

    private func checkNumbers(_ key: VerificationKey, _ row: KeyCorpusRow) throws {
        if let bits = row.bits {
            #expect(key.bits == bits)
        }
        if let thumbprint = row.thumbprint {
            #expect(try key.thumbprint() == thumbprint)
        }
        if let expected = row.modulusSHA256 {
            let text: String = try JSONRow(parsing: Data(key.jwk().utf8)).required("n")
            let modulus = try #require(DecodedText(base64URL: text)).bytes
            #expect(Hex.encode(try Digest.sha256(modulus)) == expected)
        }
    }
}
