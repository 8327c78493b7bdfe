/// What a node signs when a playback begins.
extension VerificationPolicy {
    /// The claims of the session that begins now with a token: what the token allows, for the time that its `playFor` says. Rules
    /// are not looked at, because they are decided for each request of the session.
    /// - Parameters:
    ///   - id: of the session: see ``TokenTerms/randomID()``.
    ///   - revocations: those of the token's account.
    /// - Returns: nil for a token without `playFor`; a session token has none.
    /// - Throws: ``Denial`` if the token is not valid at `now`.
    package func session(
        begunWith token: AuthenticatedToken, id: String, at now: NumericDate, revocations: RevocationSet
    ) throws(Denial) -> PlaybackClaims? {
        let request = PlaybackRequest.insecureForAnyVideo()
        let checks = AdmissionChecks(policy: self, revocations: revocations, request: request, now: now)
        try checks.runValidity(token.claims, recorder: FirstDenial())
        let video = try checks.checkVideo(token.claims.subject)
        if let problem = token.claims.rulesProblem { throw AdmissionChecks.rulesMalformed(problem) }
        let first = token.claims.terms
        guard let playFor = first.playFor else { return nil }
        // An operator who allows tokens of some length only does not allow longer sessions.
        let length = maximumLifetime.map { min($0, playFor) } ?? playFor
        var terms = TokenTerms(
            expires: now.wholeSecond + length, isDownloadable: first.isDownloadable, rules: first.rules,
            wantsOriginal: first.wantsOriginal, issuedAt: now.wholeSecond, viewer: first.viewer)
        terms.sessionID = id
        terms.sessionOrigin = PlaybackSession.Origin(
            keyID: token.keyID, tokenID: first.id, issuedAt: first.issuedAt)
        return PlaybackClaims(verified: video, terms: terms)
    }
}
