import StreamSigning
import Testing

@Suite("Tokens read without verifying")
struct UnverifiedTokenTests {
    @Test("say what stands in them, whoever signed them")
    func reading() throws {
        let stranger = try TestKeys.second()
        let forged = ForgedToken(key: stranger, payload: #","exp":"1760003600","nbf":1.5,"jti":"a b""#)
        let token = try UnverifiedToken(readingWithoutVerification: forged.signed(by: stranger))
        #expect(token.unverifiedHeader == forged.header && token.unverifiedPayload == forged.payload)
        #expect(token.unverifiedKeyID == stranger.id.rawValue && token.unverifiedSubject == ForgedToken.video)
        #expect(token.unverifiedExpiry == 1_760_003_600 && token.signatureCount == 256)
        #expect(token.unverifiedNotBefore == NumericDate(1) + .milliseconds(500) && token.unverifiedID == "a b")
    }

    @Test("tell nothing where a claim is of another type")
    func types() throws {
        let payload = #"{"sub":1,"kid":[],"exp":"soon","nbf":null,"jti":1}"#
        let text = try ForgedToken(header: "{}", payload: payload).signed(by: TestKeys.first())
        let token = try UnverifiedToken(readingWithoutVerification: text)
        #expect(token.unverifiedKeyID == nil && token.unverifiedSubject == nil)
        #expect(token.unverifiedExpiry == nil && token.unverifiedNotBefore == nil && token.unverifiedID == nil)
    }

    @Test(
        "must be compact JWS with strict JSON inside",
        arguments: [
            ("", .tokenMissing), ("a.b.c", .tokenMalformed), ("e30.e30", .tokenMalformed),
            ("W10.e30.", .tokenMalformed), ("e30.e30.", nil), ("e30.ew.", .claimsMalformed),
        ] as [(String, Denial.Code?)])
    func form(text: String, code: Denial.Code?) {
        let result = Result { () throws(Denial) in try UnverifiedToken(readingWithoutVerification: text) }
        switch result {
        case .success: #expect(code == nil)
        case .failure(let denial): #expect(denial.code == code)
        }
    }
}
