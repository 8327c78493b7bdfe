import StreamSigning
import Testing

/// What a verifier makes of `jti`, `iat`, `viewer` and `playFor` in tokens of any signer.
@Suite("Claims of our own, when verifying")
struct AdditionalClaimsReadingTests {
    private let key: SigningKey

    init() throws {
        key = try TestKeys.first()
    }

    private func token(_ members: String) throws -> String {
        try ForgedToken(key: key, payload: #","exp":1760003600,"# + members).signed(by: key)
    }

    @Test(
        "are read",
        arguments: [
            (#""jti":"a/b \u0000""#, TokenTerms(id: "a/b \u{0}")), (#""jti":"""#, TokenTerms(id: "")),
            (#""viewer":"\ud83d\ude00\n""#, TokenTerms(viewer: "😀\n")), (#""viewer":"""#, TokenTerms(viewer: "")),
            (#""iat":1760000000"#, TokenTerms(issuedAt: 1_760_000_000)),
            (#""iat":"1760000000""#, TokenTerms(issuedAt: 1_760_000_000)),
            (#""iat":-1"#, TokenTerms(issuedAt: -1)), (#""iat":9e9"#, TokenTerms(issuedAt: 9_000_000_000)),
            (#""iat":0.5"#, TokenTerms(issuedAt: NumericDate(0) + .milliseconds(500))),
            (#""playFor":60"#, TokenTerms(playFor: .seconds(60))),
            (#""playFor":604800"#, TokenTerms(playFor: .seconds(604_800))),
            (#""playFor":3.6e3"#, TokenTerms(playFor: .seconds(3_600))),
            (#""jti":null,"iat":null,"viewer":null,"playFor":null,"sid":null,"via":null"#, TokenTerms()),
            (#""nbf":null,"downloadable":null,"accessRules":null,"flags":null"#, TokenTerms()),
            (#""flags":{"original":null}"#, TokenTerms()),
            (#""JTI":1,"Viewer":1,"playfor":1,"SID":1"#, TokenTerms()),
        ])
    func accepted(members: String, terms: TokenTerms) throws {
        let verdicts = try Verdicts.standard()
        #expect(verdicts.code(of: try token(members)) == nil)
        let verified = try verdicts.verifier.verify(try token(members), for: verdicts.request, at: verdicts.now)
        var expected = terms
        expected.expires = ForgedToken.expiry
        #expect(verified.claims.terms == expected)
    }

    @Test("of a long viewer too")
    func long() throws {
        let viewer = String(repeating: "v", count: 4_000)
        #expect(try Verdicts.standard().code(of: token(#""viewer":"\#(viewer)""#)) == nil)
    }

    @Test(
        "refuse the token if they are of another type, or out of bounds",
        arguments: [
            #""jti":1"#, #""jti":true"#, #""jti":["a"]"#, #""jti":{}"#, #""viewer":7"#, #""viewer":[]"#,
            #""viewer":false"#,
            #""iat":"soon""#, #""iat":true"#, #""iat":{}"#, #""iat":"1.5""#, #""iat":1760000000000"#, #""iat":"""#,
            #""playFor":59"#, #""playFor":604801"#, #""playFor":60.5"#, #""playFor":59.999999999999999999"#,
            #""playFor":0"#,
            #""playFor":-60"#, #""playFor":"3600""#, #""playFor":true"#, #""playFor":[60]"#, #""playFor":1e400"#,
            #""jti":"a","jti":"a""#, #""viewer":"a","\u0076iewer":"b""#,
        ])
    func malformed(members: String) throws {
        #expect(try Verdicts.standard().code(of: token(members)) == .claimsMalformed)
    }

    @Test("are shown by an explanation, on one line whatever they say")
    func explanation() throws {
        let verdicts = try Verdicts.standard()
        let members = #""jti":"a\n\u202e","iat":1760000000,"viewer":"u-17","playFor":10800"#
        let explanation = verdicts.verifier.explain(try token(members), for: verdicts.request, at: verdicts.now)
        #expect(
            explanation.steps.first { $0.check == .claims }?.value
                == "sub \(ForgedToken.video), id a\u{FFFD}\u{FFFD}, issued at 2025-10-09T08:53:20Z, viewer u-17, plays for 3 h"
        )
    }
}
