import StreamSigning
import Testing

@Suite("Signing keys")
struct SigningKeyTests {
    @Test("are generated with the size and id asked for, and sign what they verify", arguments: [2_048, 2_050, 3_072])
    func generation(bits: Int) throws {
        let key = try SigningKey.generate(id: KeyID("mine"), bits: bits)
        #expect(key.bits == bits && key.id.rawValue == "mine" && !key.hasDerivedID)
        var verdicts = try Verdicts.standard()
        verdicts.verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
        #expect(try verdicts.code(of: ForgedToken(key: key).signed(by: key)) == nil)
    }

    @Test("are generated anew each time, with Stream's form of id")
    func distinct() throws {
        let (left, right) = (try SigningKey.generate(), try SigningKey.generate())
        #expect(left != right && left.id != right.id && left.bits == 2_048)
        #expect(left.id.rawValue.contains(/^[0-9a-f]{32}$/))
        #expect(!left.verificationKey.isSameKey(as: right.verificationKey))
    }

    @Test(
        "are not generated outside 2048 to 8192 bits, nor of an odd size, which OpenSSL makes one bit smaller",
        arguments: [Int.min, -1, 0, 512, 1_024, 2_047, 8_193, 16_384, .max, 2_049, 3_071, 8_191])
    func size(bits: Int) {
        let error = #expect(throws: KeyError.self) { try SigningKey.generate(bits: bits) }
        #expect(error?.code == .unsupported)
    }

    @Test("read and write every form of themselves", arguments: PrivateKeyEncoding.allCases)
    func roundTrip(encoding: PrivateKeyEncoding) throws {
        let key = try SigningKey.generate()
        let text = try key.pem(encoding).reveal()
        #expect(text.hasSuffix("-----\n"))
        #expect(try SigningKey(importing: text, id: key.id) == key)
        #expect(try SigningKey(importing: text, id: key.id).pem(encoding) == key.pem(encoding))
        #expect(try SigningKey(importing: key.jwk().reveal()) == key)
    }

    @Test("are equal with the same numbers under the same id")
    func equality() throws {
        let text = try TestKeys.first().pem().reveal()
        let (one, other) = (try KeyID("one"), try KeyID("other"))
        #expect(try SigningKey(importing: text, id: one) == SigningKey(importing: text, id: one))
        #expect(try SigningKey(importing: text, id: one) != SigningKey(importing: text, id: other))
        #expect(
            try SigningKey(importing: text, id: one) != SigningKey(importing: TestKeys.second().pem().reveal(), id: one)
        )
    }
}
