import Foundation
import StreamSigning
import Testing

@Suite("JWK")
struct JSONWebKeyTests {
    @Test("what is written is read back, and written the same", arguments: ["k", "a\"b\\c", "ключ/ü", "{}", " "])
    func roundTrip(id: String) throws {
        let key = try SigningKey(importing: TestKeys.second().pem().reveal(), id: KeyID(id))
        let text = try key.jwk().reveal()
        let again = try SigningKey(importing: text)
        #expect(again == key && again.id.rawValue == id)
        #expect(try again.jwk().reveal() == text)
        let publicText = try key.verificationKey.jwk()
        #expect(try VerificationKey(importing: publicText).jwk() == publicText)
        #expect(!publicText.contains("\"d\""))
    }

    @Test(
        "its modulus has 2048 to 8192 bits",
        arguments: [
            (2_040, false), (2_047, false), (2_048, true), (2_049, true), (8_191, true), (8_192, true), (8_193, false),
        ])
    func size(bits: Int, isAccepted: Bool) throws {
        let text = Self.jwk(modulusBits: bits)
        let key = try? VerificationKey(importing: text)
        #expect(key?.bits == (isAccepted ? bits : nil))
        guard let key else { return }
        // PEM takes the same sizes.
        #expect(try VerificationKey(importing: key.pem(.spki), id: key.id) == key)
    }

    @Test(
        "its exponent is odd, at least 3, and has at most 64 bits",
        arguments: [
            ([0x01], false), ([0x02], false), ([0x03], true), ([0x04], false), ([0x05], true),
            ([0x01, 0x00, 0x01], true),
            ([0x01, 0x00, 0x00], false), ([0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF], true),
            ([0x01, 0, 0, 0, 0, 0, 0, 0, 0x01], false), ([0x00, 0x03], true), ([0x00, 0x01, 0x00, 0x01], true),
            ([0x00, 0x00], false), ([0x00], false), ([], false),
        ] as [([UInt8], Bool)])
    func exponent(bytes: [UInt8], isAccepted: Bool) {
        let text = Self.jwk(modulusBits: 2_048, exponent: bytes)
        #expect(((try? VerificationKey(importing: text)) != nil) == isAccepted)
    }

    @Test(
        "its sizes stay within the limits of the call",
        arguments: [
            (4_096, [1, 0, 1], true), (4_097, [1, 0, 1], false), (2_048, [0x80, 0, 0, 1], true),
            (2_048, [1, 0, 0, 0, 1], false), (4_096, [0xFF, 0xFF, 0xFF, 0xFF], true),
        ] as [(Int, [UInt8], Bool)])
    func limits(bits: Int, exponent: [UInt8], isAccepted: Bool) throws {
        let limits = KeyLimits(bits: 4_096, exponentBits: 32)
        let text = Self.jwk(modulusBits: bits, exponent: exponent)
        let result = Result { () throws(KeyError) in try VerificationKey(importing: text, limits: limits) }
        #expect(((try? result.get()) != nil) == isAccepted)
        if case .failure(let error) = result {
            #expect(error.code == .unsupported && error.reason.contains(bits > 4_096 ? "4096 bits" : "32 bits"))
        }
        // Of a PEM and of a set, the same keys.
        let pem = try VerificationKey(importing: text).pem()
        #expect(((try? VerificationKey(importing: pem, limits: limits)) != nil) == isAccepted)
        let set = "{\"keys\":[\(text)]}"
        #expect(((try? KeySet(importing: set, limits: limits)) != nil) == isAccepted)
    }

    @Test("what is too large is named as it is")
    func tooLarge() throws {
        let limits = KeyLimits(bits: 4_096)
        let modulus = #expect(throws: KeyError.self) {
            try VerificationKey(importing: Self.jwk(modulusBits: 300_000), limits: limits)
        }
        #expect(modulus?.reason == "the RSA key has 300000 bits, which are too many")
        let text = try TestKeys.second().jwk().reveal()
        let exponent = "\"d\":\"" + String(repeating: "_", count: 1_200)
        let number = #expect(throws: KeyError.self) {
            try SigningKey(importing: text.replacing("\"d\":\"", with: exponent), limits: limits)
        }
        #expect(number?.reason == "a number of the RSA key is larger than its modulus can be")
    }

    @Test("wider limits than the library's count as the library's")
    func widestLimits() {
        let limits = KeyLimits(bits: 1 << 20, exponentBits: 1 << 20)
        #expect(throws: KeyError.self) { try VerificationKey(importing: Self.jwk(modulusBits: 8_193), limits: limits) }
        #expect(throws: Never.self) { try VerificationKey(importing: Self.jwk(modulusBits: 8_192), limits: limits) }
        #expect(KeyLimits() == KeyLimits(bits: 8_192, exponentBits: 64, privateKeysPerSet: 32))
    }

    @Test(
        "what it says of itself binds us",
        arguments: [
            (#""use":"sig""#, nil), (#""alg":"RS256""#, nil), (#""key_ops":["verify"]"#, nil),
            (#""key_ops":["sign","verify"]"#, nil), (#""x":1,"ext":true"#, nil), (#""use":"enc""#, .forbiddenUse),
            (#""alg":"PS256""#, .forbiddenUse), (#""key_ops":["sign"]"#, .forbiddenUse),
            (#""use":1"#, .malformed), (#""alg":[1]"#, .malformed), (#""key_ops":"verify""#, .malformed),
            (#""key_ops":["verify",1]"#, .malformed), (#""key_ops":["verify","verify"]"#, .malformed),
            (#""kid":1"#, .malformed), (#""kid":"\u0000""#, .invalidKeyID), (#""oth":[1]"#, .unsupported),
            (#""d":1"#, .malformed), (#""d":null,"p":"AQ""#, .malformed),
            (#""use":"","alg":"","kid":"","key_ops":[],"oth":[],"d":"","p":"""#, nil),
            (#""use":null,"alg":null,"kid":null,"key_ops":null,"oth":null,"d":null,"qi":null"#, nil),
        ] as [(String, KeyError.Code?)])
    func permissions(member: String, code: KeyError.Code?) {
        let text = Self.jwk(modulusBits: 2_048).dropLast() + "," + member + "}"
        let result = Result { () throws(KeyError) in try VerificationKey(importing: String(text)) }
        switch result {
        case .success: #expect(code == nil)
        case .failure(let error): #expect(error.code == code)
        }
    }

    @Test("numbers with leading zeros are the same numbers, and are written without them")
    func leadingZeros() throws {
        let key = try TestKeys.first()
        let text = try key.jwk().reveal()
        let row = try JSONRow(parsing: Data(text.utf8))
        var padded = text
        for name in ["n", "e", "d", "p", "q", "dp", "dq", "qi"] {
            let number: String = try row.required(name)
            let bytes = [0, 0, 0] + (try #require(DecodedText(base64URL: number))).bytes
            padded = padded.replacing(
                "\"\(name)\":\"\(number)\"", with: "\"\(name)\":\"\(ForgedToken.segment(bytes))\"")
        }
        #expect(padded != text)
        #expect(try SigningKey(importing: padded).jwk().reveal() == text)
    }

    @Test("the public half of a key in a hardware module is an RSA key, and a private one is nothing known")
    func hardwareModule() throws {
        let (half, whole) = (try TestKeys.first().verificationKey.jwk(), try TestKeys.first().jwk().reveal())
        let (from, to) = (#""kty":"RSA""#, #""kty":"RSA-HSM""#)
        #expect(try VerificationKey(importing: half.replacing(from, with: to)) == TestKeys.first().verificationKey)
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: whole.replacing(from, with: to)) }
        #expect(error?.code == .unsupported)
    }

    @Test("a d that does not fit is refused at once, not after a hundred exponentiations", .timeLimit(.minutes(10)))
    func wrongExponentAlone() {
        let d = ForgedToken.segment([UInt8](repeating: 0x5A, count: 1_023) + [0x01])
        let text = "\(Self.jwk(modulusBits: 8_192).dropLast()),\"d\":\"\(d)\"}"
        let start = ContinuousClock.now
        #expect(throws: KeyError.self) { try SigningKey(importing: text) }
        #expect(ContinuousClock.now - start < .seconds(8))
    }

    /// Any odd number passes for a modulus: whether it has two primes is its owner's business.
    static func jwk(modulusBits bits: Int, exponent: [UInt8] = [1, 0, 1]) -> String {
        var modulus = [UInt8](repeating: 0xA5, count: (bits + 7) / 8)
        modulus[0] = 1 << UInt8((bits - 1) % 8)
        modulus[modulus.count - 1] |= 1
        return #"{"kty":"RSA","n":"\#(ForgedToken.segment(modulus))","e":"\#(ForgedToken.segment(exponent))"}"#
    }
}
