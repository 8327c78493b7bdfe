import StreamSigning
import Testing

@Suite("The key id of a token")
struct KeyIDClaimTests {
    @Test(
        "stands in the header, the payload, or both",
        arguments: [(true, true, nil), (true, false, nil), (false, true, nil), (false, false, .keyIDMissing)]
            as [(Bool, Bool, Denial.Code?)])
    func places(inHeader: Bool, inPayload: Bool, code: Denial.Code?) throws {
        let key = try TestKeys.first()
        let member = #","kid":"\#(key.id)""#
        let forged = ForgedToken(
            header: #"{"alg":"RS256"\#(inHeader ? member : "")}"#,
            payload: #"{"sub":"\#(ForgedToken.video)","exp":1760003600\#(inPayload ? member : "")}"#)
        #expect(try Verdicts.standard().code(of: forged.signed(by: key)) == code)
    }

    @Test("is compared byte for byte, escapes resolved, and never by Unicode equivalence")
    func equivalence() throws {
        let key = try SigningKey(importing: TestKeys.second().pem().reveal(), id: KeyID("caf\u{E9}"))
        var verdicts = try Verdicts.standard()
        verdicts.verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
        let token = { (header: String, payload: String) in
            try ForgedToken(
                header: #"{"alg":"RS256","kid":"\#(header)"}"#,
                payload: #"{"sub":"\#(ForgedToken.video)","exp":1760003600,"kid":"\#(payload)"}"#
            ).signed(by: key)
        }
        #expect(try verdicts.code(of: token("caf\u{E9}", #"caf\u00e9"#)) == nil)
        #expect(try verdicts.code(of: token(#"caf\u00E9"#, "caf\u{E9}")) == nil)
        #expect(try verdicts.code(of: token("caf\u{E9}", "cafe\u{301}")) == .keyIDMismatch)
        #expect(try verdicts.code(of: token("cafe\u{301}", "cafe\u{301}")) == .keyUnknown)
    }

    @Test("chooses the key: another trusted key's signature does not count")
    func choice() throws {
        let (first, second) = (try TestKeys.first(), try TestKeys.second())
        var verdicts = try Verdicts.standard()
        verdicts.verifier = TokenVerifier(keys: try KeySet([first.verificationKey, second.verificationKey]))
        #expect(try verdicts.code(of: ForgedToken(key: first).signed(by: first)) == nil)
        #expect(try verdicts.code(of: ForgedToken(key: second).signed(by: second)) == nil)
        #expect(try verdicts.code(of: ForgedToken(key: first).signed(by: second)) == .signatureInvalid)
    }

    @Test("of a revoked key is refused as revoked, whatever the signature")
    func revoked() throws {
        let key = try TestKeys.first()
        var verdicts = try Verdicts.standard()
        verdicts.verifier = TokenVerifier(keys: try KeySet([key.verificationKey], revoked: [key.id]))
        #expect(try verdicts.code(of: ForgedToken(key: key).signed(by: key)) == .keyRevoked)
        #expect(try verdicts.code(of: ForgedToken(key: key).signed(by: TestKeys.second())) == .keyRevoked)
    }

    @Test(
        "keys and addresses of keys in the header are not looked at, `typ` and others tolerated",
        arguments: [
            #""typ":"JWT""#, #""typ":7"#, #""cty":"x""#, #""jwk":{"kty":"oct","k":"AA"}"#,
            #""jku":"https://evil.example/""#,
            #""x5u":"file:///etc/passwd""#, #""x5c":["AA"]"#, #""b64":false"#, #""zip":"DEF""#, #""enc":"A256GCM""#,
        ])
    func headers(member: String) throws {
        let key = try TestKeys.first()
        var forged = ForgedToken(key: key)
        forged.header = #"{"alg":"RS256",\#(member),"kid":"\#(key.id)"}"#
        #expect(try Verdicts.standard().code(of: forged.signed(by: key)) == nil)
        #expect(try Verdicts.standard().code(of: forged.signed(by: TestKeys.second())) == .signatureInvalid)
    }
}
