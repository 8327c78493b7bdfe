import StreamSigning
import Testing

/// A token with everything wrong, mended one thing at a time: each mending uncovers the next check.
@Suite("The order of denials")
struct DenialOrderTests {
    @Test("is text, header, key id, key, signature, claims, revocations, time, video, rules, download")
    func order() throws {
        let key = try TestKeys.first()
        let stranger = try TestKeys.second()
        var forged = ForgedToken(header: "{}", payload: "{}")
        var keys = try KeySet([], revoked: [key.id])
        let revocations = try Revoked.set(.token("leaked"), .viewer("guest"), .video("old"))
        var codes: [Denial.Code?] = []
        func look(signedBy signer: SigningKey = stranger, prefix: String = "") throws {
            let request = PlaybackRequest(video: try VideoID(ForgedToken.video), path: "downloads/default.mp4")
            let policy = VerificationPolicy(maximumLifetime: .seconds(3_600))
            let verdicts = Verdicts(keys: keys, revocations: revocations, request: request, policy: policy)
            codes.append(verdicts.code(of: prefix + (try forged.signed(by: signer))))
        }
        try look(prefix: String(repeating: " ", count: 8_192))
        try look(prefix: " ")
        try look()
        forged.header = #"{"alg":"RS256","crit":[]}"#
        try look()
        forged.header = #"{"alg":"RS256"}"#
        try look()
        forged = ForgedToken(header: #"{"alg":"RS256","kid":"\#(key.id)"}"#, payload: #"{"kid":"other"}"#)
        try look()
        forged.payload = #"{"kid":"\#(key.id)"}"#
        try look()
        keys = try KeySet([key.verificationKey])
        try look()
        try look(signedBy: key)
        let tail = #""accessRules":[{"type":"any","action":"block"}]}"#
        for payload in [
            #"{"sub":"old","viewer":"guest","jti":"leaked",\#(tail)"#, #"{"sub":"old","viewer":"guest",\#(tail)"#,
            #"{"sub":"old",\#(tail)"#, #"{"sub":"other",\#(tail)"#,
            #"{"sub":"other","exp":0,"nbf":1760000001,\#(tail)"#,
            #"{"sub":"other","exp":1760003601,"nbf":1760000001,\#(tail)"#, #"{"sub":"other","exp":1760003601,\#(tail)"#,
            #"{"sub":"other","exp":1760003600,\#(tail)"#, #"{"sub":"\#(ForgedToken.video)","exp":1760003600,\#(tail)"#,
            #"{"sub":"\#(ForgedToken.video)","exp":1760003600}"#,
            #"{"sub":"\#(ForgedToken.video)","exp":1760003600,"downloadable":true}"#,
        ] {
            forged.payload = payload
            try look(signedBy: key)
        }
        #expect(
            codes == [
                .tokenTooLarge, .tokenMalformed, .algorithmNotAllowed, .criticalHeaderUnsupported, .keyIDMissing,
                .keyIDMismatch, .keyRevoked, .signatureInvalid, .claimsMalformed, .tokenRevoked, .viewerRevoked,
                .videoRevoked, .expiryMissing, .expired, .notYetValid, .lifetimeTooLong, .videoMismatch, .blockedByRule,
                .downloadNotAllowed, nil,
            ])
    }
}
