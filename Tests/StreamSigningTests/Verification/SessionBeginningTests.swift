import StreamSigning
import Testing

@Suite("The claims of a session that begins")
struct SessionBeginningTests {
    private static let id = "0123456789abcdefghijkl"

    private let key: SigningKey

    init() throws {
        key = try TestKeys.first()
    }

    private func session(
        _ members: String, policy: VerificationPolicy = VerificationPolicy(),
        revocations: RevocationSet = RevocationSet(), at now: NumericDate = ForgedToken.now
    ) throws -> PlaybackClaims? {
        let token = try ForgedToken(key: key, payload: "," + members).signed(by: key)
        let verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
        return try policy.session(
            begunWith: verifier.authenticate(token), id: Self.id, at: now, revocations: revocations)
    }

    private static let plain = #""exp":1760003600,"playFor":7200"#

    @Test("allow what the token allows, for as long as it says, and name the token")
    func claims() throws {
        let members = """
            "exp":1760003600,"nbf":1,"downloadable":true,"accessRules":[{"type":"any","action":"allow"}],\
            "flags":{"original":true},"jti":"a-17","iat":1759999000.5,"viewer":"u","playFor":7200
            """
        let claims = try #require(try session(members, at: ForgedToken.now + .milliseconds(700)))
        #expect(claims.expires == ForgedToken.now + .seconds(7_200) && claims.notBefore == nil)
        #expect(claims.isDownloadable && claims.wantsOriginal && claims.rules == [.allow(.any)])
        #expect(claims.viewer == "u" && claims.issuedAt == ForgedToken.now && claims.id == nil && claims.playFor == nil)
        let origin = try #require(claims.session?.origin)
        #expect(claims.session?.id == Self.id && origin.keyID == key.id && origin.tokenID == "a-17")
        #expect(origin.issuedAt == NumericDate(1_759_999_000) + .milliseconds(500))
    }

    @Test("are believed once a node's key has signed them, and never begin another session")
    func signed() throws {
        let claims = try #require(try session(Self.plain))
        let token = try TokenSigner(key: key).sign(claims)
        let verdicts = Verdicts(
            keys: try KeySet([key.verificationKey.signingSessions()]),
            request: PlaybackRequest(video: try VideoID(ForgedToken.video)))
        #expect(verdicts.code(of: token.rawValue) == nil)
        let text = try UnverifiedToken(readingWithoutVerification: token.rawValue).unverifiedPayload
        #expect(
            text == """
                {"sub":"\(ForgedToken.video)","kid":"\(key.id)","exp":1760007200,"iat":1760000000,"sid":"\(Self.id)",\
                "via":{"kid":"\(key.id)"}}
                """)
        let again = try VerificationPolicy().session(
            begunWith: verdicts.verifier.authenticate(token.rawValue), id: Self.id, at: ForgedToken.now,
            revocations: RevocationSet())
        #expect(again == nil)
    }

    @Test("keep more rules than we sign ourselves")
    func rules() throws {
        let rules = Array(repeating: #"{"type":"any","action":"allow"}"#, count: 7).joined(separator: ",")
        #expect(try session(Self.plain + #","accessRules":[\#(rules)]"#)?.rules.count == 7)
    }

    @Test("need a token that asks for a session")
    func plainToken() throws {
        #expect(try session(#""exp":1760003600"#) == nil)
    }

    @Test(
        "need a token that is valid now",
        arguments: [
            (#""playFor":60"#, Denial.Code.expiryMissing), (#""exp":1760000000,"playFor":60"#, .expired),
            (#""exp":1760003600,"nbf":1760000001,"playFor":60"#, .notYetValid),
            (#""exp":1760003600,"jti":"leaked","playFor":60"#, .tokenRevoked),
            (#""exp":1760003600,"accessRules":{},"playFor":60"#, .rulesMalformed),
        ])
    func refused(members: String, code: Denial.Code) throws {
        let revocations = try Revoked.set(.token("leaked"))
        let denial = #expect(throws: Denial.self) { try session(members, revocations: revocations) }
        #expect(denial?.code == code)
    }

    @Test("end no later than the operator allows", arguments: [(7_200, 7_200), (7_199, 7_199), (86_400, 7_200)])
    func limit(seconds: Int, expected: Int) throws {
        let policy = VerificationPolicy(maximumLifetime: .seconds(seconds))
        let claims = try session(Self.plain, policy: policy)
        #expect(claims?.expires == ForgedToken.now + .seconds(expected))
    }
}
