import Testing

@testable import StreamSigning

@Suite("RFC 7515 appendix A.2")
struct RFC7515Tests {
    private let example: JSONRow

    init() throws {
        example = try Vectors.object("rfc7515-a2.json")
    }

    @Test("signing its signing input gives its signature, byte for byte")
    func signature() throws {
        let token = try ForgedToken.sign(try example.required("signing_input"), by: TestKeys.second())
        #expect(try token == example.required("token"))
    }

    @Test("its signature verifies, and not with any bit of it changed in the first or last byte")
    func verification() throws {
        let key = try VerificationKey(importing: example.text(of: "public_jwk"))
        let message = Array(try example.required("signing_input", as: String.self).utf8)
        var signature = try #require(DecodedText(base64URL: example.required("signature_b64u"))).bytes
        #expect(key.isValid(signature, for: message))
        for index in [0, signature.count - 1] {
            for bit in 0..<8 {
                signature[index] ^= 1 << UInt8(bit)
                #expect(!key.isValid(signature, for: message))
                signature[index] ^= 1 << UInt8(bit)
            }
        }
    }

    @Test("its key has its thumbprint (RFC 7638)")
    func thumbprint() throws {
        let expected: String = try example.required("public_jwk_thumbprint_sha256")
        #expect(try TestKeys.second().verificationKey.thumbprint() == expected)
    }

    @Test("its token names no key, and is refused for that")
    func token() throws {
        let verdicts = try Verdicts(
            keys: KeySet([TestKeys.second().verificationKey]), request: .insecureForAnyVideo())
        #expect(try verdicts.code(of: example.required("token")) == .keyIDMissing)
    }
}
