import StreamSigning
import Testing

/// What a verifier makes of tokens with `sid` and `via`. The first test key is a node's own here, the second a customer's.
@Suite("Session tokens, when verifying")
struct SessionTokenTests {
    private static let id = "0123456789abcdefghijk_"

    private let service: SigningKey
    private let customer: SigningKey

    init() throws {
        (service, customer) = (try TestKeys.first(), try TestKeys.second())
    }

    private func verdicts(
        trusting keys: [VerificationKey]? = nil, revoked: Set<KeyID> = [],
        revocations: RevocationSet = RevocationSet()
    ) throws -> Verdicts {
        let keys = keys ?? [service.verificationKey.signingSessions(), customer.verificationKey]
        return Verdicts(
            keys: try KeySet(keys, revoked: revoked), revocations: revocations,
            request: PlaybackRequest(video: try VideoID(ForgedToken.video)))
    }

    /// - Parameter members: CUSTOMER stands for the id of the customer's key.
    private func token(_ members: String, by key: SigningKey? = nil) throws -> String {
        let key = key ?? service
        let rest = members.replacing("CUSTOMER", with: customer.id.rawValue)
        return try ForgedToken(key: key, payload: #","exp":1760003600,"# + rest).signed(by: key)
    }

    private static let members =
        #""iat":1760000000,"sid":"\#(id)","via":{"kid":"CUSTOMER","jti":"a-17","iat":1759999000}"#

    @Test("are believed of a node's key, and say which token they began with")
    func believed() throws {
        let verdicts = try verdicts()
        let token = try token(Self.members)
        #expect(verdicts.code(of: token) == nil)
        let session = try verdicts.verifier.verify(token, for: verdicts.request, at: verdicts.now).claims.session
        #expect(session?.id == Self.id && session?.origin.keyID == customer.id)
        #expect(session?.origin.tokenID == "a-17" && session?.origin.issuedAt == 1_759_999_000)
        let steps = verdicts.verifier.explain(token, for: verdicts.request, at: verdicts.now).steps
        #expect(
            steps.first { $0.check == .session }?.value
                == "session \(Self.id), begun with token a-17 of key \(customer.id)")
    }

    @Test(
        "may leave out what the first token did not have",
        arguments: [
            #""sid":"\#(id)","via":{"kid":"CUSTOMER"}"#,
            #""sid":"\#(id)","via":{"kid":"CUSTOMER","jti":null,"iat":null,"x":1}"#,
            #""via":{"iat":"1","kid":"CUSTOMER","jti":""},"sid":"\#(id)""#,
        ])
    func plain(members: String) throws {
        #expect(try verdicts().code(of: token(members)) == nil)
    }

    @Test(
        "are refused if they are not as nodes make them",
        arguments: [
            #""sid":"\#(id)""#, #""via":{"kid":"CUSTOMER"}"#, #""sid":null,"via":{"kid":"CUSTOMER"}"#,
            #""sid":"","via":{"kid":"CUSTOMER"}"#, #""sid":"short","via":{"kid":"CUSTOMER"}"#,
            #""sid":"\#(id)x","via":{"kid":"CUSTOMER"}"#, #""sid":"0123456789abcdefghijk.","via":{"kid":"CUSTOMER"}"#,
            #""sid":1,"via":{"kid":"CUSTOMER"}"#, #""sid":"\#(id)","via":"CUSTOMER""#,
            #""sid":"\#(id)","via":["CUSTOMER"]"#,
            #""sid":"\#(id)","via":{}"#, #""sid":"\#(id)","via":{"kid":""}"#, #""sid":"\#(id)","via":{"kid":7}"#,
            #""sid":"\#(id)","via":{"kid":"CUSTOMER","jti":1}"#,
            #""sid":"\#(id)","via":{"kid":"CUSTOMER","iat":"soon"}"#,
            #""sid":"\#(id)","via":{"kid":"CUSTOMER","kid":"CUSTOMER"}"#,
            #""sid":"\#(id)","via":{"kid":"CUSTOMER"},"playFor":60"#,
        ])
    func malformed(members: String) throws {
        #expect(try verdicts().code(of: token(members)) == .claimsMalformed)
    }

    @Test(
        "are believed of nobody else, whatever is in them",
        arguments: [
            members, #""sid":"\#(id)""#, #""via":{"kid":"k"}"#, #""s\u0069d":"\#(id)","v\u0069a":{"kid":"CUSTOMER"}"#,
        ])
    func customer(members: String) throws {
        let denial = try #require(try verdicts().denial(of: token(members, by: customer)))
        #expect(denial.code == .claimsMalformed && denial.message.contains("not a node's"))
    }

    @Test("need a key set that marks the node's key")
    func unmarked() throws {
        let verdicts = try verdicts(trusting: [service.verificationKey, customer.verificationKey])
        #expect(verdicts.code(of: try token(Self.members)) == .claimsMalformed)
        #expect(verdicts.code(of: try token(#""jti":"a""#)) == nil, "other tokens of that key need no mark")
    }

    @Test("end with the key of the token that they began with")
    func origin() throws {
        let own = service.verificationKey.signingSessions()
        let token = try token(Self.members)
        #expect(try verdicts(trusting: [own], revoked: [customer.id]).code(of: token) == .keyRevoked)
        #expect(try verdicts(trusting: [own]).code(of: token) == .keyUnknown)
        #expect(try verdicts(trusting: [customer.verificationKey], revoked: [own.id]).code(of: token) == .keyRevoked)
    }

    @Test("may have begun with a token of the node's own key")
    func ownOrigin() throws {
        let members = #""sid":"\#(Self.id)","via":{"kid":"\#(service.id)"}"#
        #expect(try verdicts(trusting: [service.verificationKey.signingSessions()]).code(of: token(members)) == nil)
    }

    @Test(
        "are revoked by their own id, and by what revokes the first token",
        arguments: [
            (.session(id), .sessionRevoked), (.token("a-17"), .tokenRevoked),
            // `iat` of the session is later; that of the first token counts.
            (.viewer("guest", issuedBefore: 1_759_999_001), .viewerRevoked),
            (.viewer("guest", issuedBefore: 1_759_999_000), nil),
            (.video(ForgedToken.video, issuedBefore: 1_759_999_001), .videoRevoked),
            (.video(ForgedToken.video, issuedBefore: 1_759_999_000), nil), (.session("0123456789abcdefghijkl"), nil),
            (.token(id), nil),
        ] as [(Revoked, Denial.Code?)])
    func revoked(_ revoked: Revoked, code: Denial.Code?) throws {
        let verdicts = try verdicts(revocations: RevocationSet([revoked.make()]))
        #expect(verdicts.code(of: try token(#""viewer":"guest","# + Self.members)) == code)
    }

    @Test("are not signed by who is not a node")
    func signing() throws {
        let verdicts = try verdicts()
        let verified = try verdicts.verifier.verify(try token(Self.members), for: verdicts.request, at: verdicts.now)
        #expect(throws: InvalidClaim.self) {
            try PlaybackClaims(video: VideoID(ForgedToken.video), terms: verified.claims.terms)
        }
    }
}
