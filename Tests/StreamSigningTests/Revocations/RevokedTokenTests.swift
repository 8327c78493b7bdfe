import StreamSigning
import Testing

@Suite("Revoked tokens")
struct RevokedTokenTests {
    private let key: SigningKey
    private let now = ForgedToken.now

    init() throws {
        key = try TestKeys.first()
    }

    private func token(_ members: String, signedBy signer: SigningKey? = nil) throws -> String {
        try ForgedToken(key: key, payload: #","exp":1760003600,"# + members).signed(by: signer ?? key)
    }

    @Test("are refused although they were kept as genuine, as soon as the verifier knows")
    func kept() throws {
        let verdicts = try Verdicts.standard()
        let kept = try verdicts.verifier.authenticate(token(#""jti":"leaked""#))
        #expect(throws: Never.self) { try verdicts.verifier.admit(kept, for: verdicts.request, at: now) }
        let set = try Revoked.set(.token("leaked"))
        let next = TokenVerifier(keys: verdicts.verifier.keys, revocations: set)
        let denial = #expect(throws: Denial.self) { try next.admit(kept, for: verdicts.request, at: now) }
        #expect(denial?.code == .tokenRevoked && denial?.httpStatus == 401)
        #expect(set.revocation(of: kept, at: now) == denial?.revocation)
        #expect(throws: Never.self) { try verdicts.verifier.admit(kept, for: verdicts.request, at: now) }
    }

    @Test("are not told apart from others by who cannot sign")
    func forged() throws {
        let verdicts = try Verdicts.standard(revocations: Revoked.set(.token("leaked")))
        let forged = try token(#""jti":"leaked""#, signedBy: TestKeys.second())
        #expect(verdicts.code(of: forged) == .signatureInvalid)
    }

    @Test("are good again when the revocation ends")
    func end() throws {
        var verdicts = try Verdicts.standard(revocations: Revoked.set(.token("leaked").until(now + .seconds(60))))
        let token = try token(#""jti":"leaked""#)
        verdicts.now = now + .milliseconds(59_999)
        #expect(verdicts.code(of: token) == .tokenRevoked)
        verdicts.now = now + .seconds(60)
        #expect(verdicts.code(of: token) == nil)
    }

    @Test(
        "are those that were signed before the moment, and those that do not say",
        arguments: [
            (#""viewer":"guest""#, Denial.Code.viewerRevoked), (#""viewer":"guest","iat":1759999999"#, .viewerRevoked),
            (#""viewer":"guest","iat":"1759999999""#, .viewerRevoked), (#""viewer":"guest","iat":1760000000"#, nil),
            (#""viewer":"guest","iat":null"#, .viewerRevoked), (#""viewer":"g\u0075est""#, .viewerRevoked),
            (#""viewer":"guest\u0000""#, nil), (#""viewer":"Guest""#, nil), (#""viewer":null"#, nil),
            (#""viewer":"""#, nil), (#""jti":"guest""#, nil),
        ])
    func moment(members: String, code: Denial.Code?) throws {
        let verdicts = try Verdicts.standard(revocations: Revoked.set(.viewer("guest")))
        #expect(verdicts.code(of: try token(members)) == code)
    }

    @Test("of a video are refused whatever they are called and whoever watches")
    func video() throws {
        let verdicts = try Verdicts.standard(revocations: Revoked.set(.video(ForgedToken.video)))
        #expect(verdicts.code(of: try token(#""jti":"a","viewer":"b""#)) == .videoRevoked)
        #expect(verdicts.code(of: try token(#""jti":"a","viewer":"b","iat":1760000000"#)) == nil)
        #expect(verdicts.code(of: try ForgedToken(key: key).signed(by: key)) == .videoRevoked)
    }
}
