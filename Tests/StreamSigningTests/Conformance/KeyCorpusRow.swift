import Foundation
import StreamSigning
import Testing

/// A row of the key corpora: a text, the purpose it is loaded for, and what is expected of that.
struct KeyCorpusRow: Sendable, CustomTestStringConvertible {
    let name: String
    let text: Data
    let isForSigning: Bool
    /// `accept`, `reject` or `either`.
    let expectation: String
    let bits: Int?
    let thumbprint: String?
    let modulusSHA256: String?

    var testDescription: String { name }

    /// A row of `jwk-valid.json` or `jwk-invalid.json`.
    init(jwk row: JSONRow) throws {
        name = try row.required("name")
        text = Data(try row.required("text", as: String.self).utf8)
        isForSigning = try row.required("use_for") == "sign"
        let expected: String = try row.required("expect")
        expectation = ["valid": "accept", "invalid": "reject"][expected] ?? expected
        bits = row.optional("bits")
        thumbprint = row.optional("thumbprint_sha256")
        modulusSHA256 = nil
    }

    /// A row of `pem-cases/index.json`.
    init(pem row: JSONRow) throws {
        name = try row.required("file")
        text = try Vectors.data("pem-cases/\(name)")
        isForSigning = try row.required("role") == "private"
        expectation = try row.required("expect")
        bits = row.optional("bits")
        thumbprint = row.optional("thumbprint_sha256")
        modulusSHA256 = row.optional("n_sha256")
    }

    static func jwks() throws -> [KeyCorpusRow] {
        try (Vectors.rows("jwk-valid.json") + Vectors.rows("jwk-invalid.json")).map(KeyCorpusRow.init(jwk:))
    }

    static func pems() throws -> [KeyCorpusRow] {
        try Vectors.rows("pem-cases/index.json").filter {
            // Apache-2.0, and not copied here: `LargeKeyConformanceTests` reads it where the corpus lies.
            $0.optional("file") != "rsa8192-spki-public.pem"
        }.map(KeyCorpusRow.init(pem:))
    }

    /// The public half of the key, loaded for the row's purpose.
    func load() throws(KeyError) -> VerificationKey {
        isForSigning
            ? try SigningKey(importing: text).verificationKey : try VerificationKey(importing: text)
    }
}
