import StreamSigning
import Testing

/// One way to be refused for each code, in the order of the checks.
@Suite("Denials")
struct DenialTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let code: Denial.Code
        var header = #"{"alg":"RS256","kid":"KEY"}"#
        var payload = #"{"sub":"VIDEO","kid":"KEY","exp":1760003600}"#
        var path: String?
        var isSigned = true
        var verbatim: String?

        var testDescription: String { "\(code) \(verbatim?.prefix(20) ?? "")" }
    }

    private static let rows: [Row] = [
        Row(code: .tokenMissing, verbatim: ""),
        Row(code: .tokenTooLarge, verbatim: String(repeating: "a", count: 8_193)),
        Row(code: .tokenMalformed, verbatim: ForgedToken.video),
        Row(code: .tokenMalformed, verbatim: "a.b"), Row(code: .tokenMalformed, verbatim: "a.b.c.d"),
        Row(code: .tokenMalformed, verbatim: ".."), Row(code: .tokenMalformed, verbatim: "e30=.e30.e30"),
        Row(code: .tokenMalformed, verbatim: " e30.e30.e30"), Row(code: .tokenMalformed, verbatim: "not a token"),
        Row(code: .tokenMalformed, header: "[]"), Row(code: .tokenMalformed, header: "{"),
        Row(code: .tokenMalformed, header: #"{"alg":"RS256","alg":"RS256","kid":"KEY"}"#),
        Row(code: .tokenMalformed, header: #"{"alg":"RS256","kid":7}"#),
        Row(code: .algorithmNotAllowed, header: #"{"kid":"KEY"}"#),
        Row(code: .algorithmNotAllowed, header: #"{"alg":"none","kid":"KEY"}"#),
        Row(code: .algorithmNotAllowed, header: #"{"alg":"HS256","kid":"KEY"}"#),
        Row(code: .algorithmNotAllowed, header: #"{"alg":"rs256","kid":"KEY"}"#),
        Row(code: .algorithmNotAllowed, header: #"{"alg":["RS256"],"kid":"KEY"}"#),
        Row(code: .algorithmNotAllowed, header: #"{"alg":"PS256","kid":"KEY"}"#),
        Row(code: .criticalHeaderUnsupported, header: #"{"alg":"RS256","kid":"KEY","crit":[]}"#),
        Row(code: .criticalHeaderUnsupported, header: #"{"alg":"RS256","kid":"KEY","crit":["exp"]}"#),
        Row(code: .criticalHeaderUnsupported, header: #"{"alg":"RS256","kid":"KEY","\u0063rit":null}"#),
        Row(code: .keyIDMissing, header: #"{"alg":"RS256"}"#, payload: #"{"sub":"VIDEO","exp":1760003600}"#),
        Row(code: .keyIDMissing, header: #"{"alg":"RS256"}"#, payload: "[]"),
        Row(code: .keyIDMismatch, payload: #"{"sub":"VIDEO","kid":"other","exp":1760003600}"#),
        Row(code: .keyIDMismatch, header: #"{"alg":"RS256","kid":"KEY "}"#),
        Row(code: .keyUnknown, header: #"{"alg":"RS256","kid":"other"}"#, payload: #"{"sub":"VIDEO"}"#),
        Row(code: .keyUnknown, header: #"{"alg":"RS256","kid":""}"#, payload: #"{"sub":"VIDEO"}"#),
        Row(code: .keyUnknown, header: #"{"alg":"RS256","kid":"a\nb"}"#, payload: #"{"sub":"VIDEO"}"#),
        Row(code: .keyRevoked, header: #"{"alg":"RS256","kid":"gone"}"#, payload: #"{"sub":"VIDEO"}"#),
        Row(code: .signatureInvalid, isSigned: false),
        Row(code: .claimsMalformed, payload: "[]"), Row(code: .claimsMalformed, payload: ""),
        Row(code: .claimsMalformed, payload: #"{"kid":"KEY","exp":1760003600}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":7,"kid":"KEY","exp":1760003600}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":true}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":null,"exp":1760003600}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":1760003600000}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":1760003600,"nbf":"soon"}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":1760003600,"downloadable":"true"}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":1760003600,"flags":[]}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":1760003600,"flags":{"original":1}}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":1760003600,"kid":7}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":1760003600,"exp":1760003600}"#),
        Row(code: .claimsMalformed, payload: #"{"sub":"VIDEO","exp":1760003600,"x":{"y":1,"y":2}}"#),
        Row(code: .tokenRevoked, payload: #"{"sub":"old","viewer":"guest","jti":"leaked","exp":1}"#),
        Row(code: .viewerRevoked, payload: #"{"sub":"old","viewer":"guest","jti":"other","exp":1}"#),
        Row(code: .viewerRevoked, payload: #"{"sub":"VIDEO","viewer":"guest","iat":1759999999.9,"exp":1760003600}"#),
        Row(code: .videoRevoked, payload: #"{"sub":"old","viewer":"host","iat":1759999999}"#),
        Row(code: .expiryMissing, payload: #"{"sub":"VIDEO","kid":"KEY"}"#),
        Row(code: .expiryMissing, payload: #"{"sub":"VIDEO","exp":null}"#),
        Row(code: .expired, payload: #"{"sub":"VIDEO","exp":1760000000}"#),
        Row(code: .notYetValid, payload: #"{"sub":"VIDEO","exp":1760003600,"nbf":1760000001}"#),
        Row(code: .lifetimeTooLong, payload: #"{"sub":"VIDEO","exp":1760086401}"#),
        Row(code: .videoMismatch, payload: #"{"sub":"other","exp":1760003600}"#),
        Row(code: .videoMismatch, payload: #"{"sub":"VIDEO/manifest/video.m3u8","exp":1760003600}"#),
        Row(code: .videoMismatch, payload: #"{"sub":"","exp":1760003600}"#),
        Row(code: .videoMismatch, payload: #"{"sub":"video","exp":1760003600}"#),
        Row(code: .rulesMalformed, payload: #"{"sub":"VIDEO","exp":1760003600,"accessRules":{}}"#),
        Row(code: .blockedByRule, payload: rules(#"{"type":"any","action":"block"}"#)),
        Row(code: .countryUnknown, payload: rules(#"{"type":"ip.geoip.country","action":"allow","country":["GB"]}"#)),
        Row(code: .addressUnknown, payload: rules(#"{"type":"ip.src","action":"allow","ip":["192.0.2.1"]}"#)),
        Row(code: .downloadNotAllowed, path: "downloads/default.mp4"),
    ]

    private static func rules(_ rule: String) -> String {
        #"{"sub":"VIDEO","exp":1760003600,"accessRules":[\#(rule)]}"#
    }

    @Test("have the code of what is wrong, from verify() and explain() alike", arguments: rows)
    func code(_ row: Row) throws {
        let (verdicts, token) = try make(row)
        let denial = verdicts.denial(of: token)
        #expect(denial?.code == row.code, "\(denial?.description ?? "accepted")")
    }

    @Test("exist for every code that a library can give, and are listed in the order of the checks")
    func completeness() {
        var order: [Denial.Code] = []
        for row in Self.rows where order.last != row.code { order.append(row.code) }
        // `keys_stale` and `key_disabled` are for who holds the keys: a verifier is an immutable value that does not age and
        // trusts each of its keys. The key here signs no sessions, and a verifier begins none.
        let ofOthers: Set<Denial.Code> = [.keysStale, .keyDisabled, .sessionRevoked, .sessionUnavailable]
        #expect(order == Denial.Code.allCases.filter { !ofOthers.contains($0) })
    }

    @Test("answer 401 for the token itself and 403 for a good token whose rules deny", arguments: rows)
    func status(_ row: Row) throws {
        let (verdicts, token) = try make(row)
        let denies: Set<Denial.Code> = [.blockedByRule, .countryUnknown, .addressUnknown, .downloadNotAllowed]
        #expect(verdicts.denial(of: token)?.httpStatus == (denies.contains(row.code) ? 403 : 401))
    }

    @Test("are known by their text, with all that goes with them", arguments: Denial.Code.allCases)
    func text(_ code: Denial.Code) {
        let same = Denial.Code(rawValue: code.rawValue)
        #expect(same == code && same.hashValue == code.hashValue && same.httpStatus == code.httpStatus)
        #expect(code.rawValue.wholeMatch(of: /[a-z]+(_[a-z]+)*/) != nil)
        #expect(Denial.Code.allCases.count { $0 == code } == 1)
    }

    @Test("of another version are for the token itself, as far as is known")
    func unknownCode() {
        let code = Denial.Code(rawValue: "of_tomorrow")
        #expect(code.rawValue == "of_tomorrow" && code.httpStatus == 401 && !Denial.Code.allCases.contains(code))
        #expect(Denial.Code.keysStale.httpStatus == 503)
    }

    private func make(_ row: Row) throws -> (Verdicts, String) {
        let key = try TestKeys.first()
        let fill = { (text: String) in
            text.replacing("KEY", with: key.id.rawValue).replacing("VIDEO", with: ForgedToken.video)
        }
        let keys = try KeySet([key.verificationKey], revoked: [KeyID("gone")])
        let request = PlaybackRequest(video: try VideoID(ForgedToken.video), path: row.path)
        let verdicts = Verdicts(
            keys: keys, revocations: try Revoked.set(.token("leaked"), .viewer("guest"), .video("old")),
            request: request, policy: VerificationPolicy(maximumLifetime: .seconds(86_400)))
        let signer = row.isSigned ? key : try TestKeys.second()
        let forged = ForgedToken(header: fill(row.header), payload: fill(row.payload))
        return (verdicts, try row.verbatim ?? forged.signed(by: signer))
    }
}
