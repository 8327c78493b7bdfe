/// The checks of genuine claims against a request and a time: revocations, validity, video, rules, download.
struct AdmissionChecks {
    let policy: VerificationPolicy
    let revocations: RevocationSet
    let request: PlaybackRequest
    let now: NumericDate

    /// - Returns: nil if the recorder went on after a failure.
    @inline(__always)
    func run(_ claims: TokenClaims, recorder: some CheckRecorder) throws(Denial) -> PlaybackClaims? {
        let terms = claims.terms
        try runValidity(claims, recorder: recorder)
        let video = try recorder.run(.video) { () throws(Denial) in
            try checkVideo(claims.subject)
        } describe: { (video: VideoID) in
            video.rawValue
        }
        let rules: Void? = try recorder.run(.rules) { () throws(Denial) in
            try checkRules(claims)
        } describe: {
            describe(terms.rules)
        }
        _ = try recorder.run(.download) { () throws(Denial) in
            try checkDownload(terms.isDownloadable)
        } describe: {
            request.isDownload ? "allowed" : "not asked for"
        }
        guard let video, rules != nil else { return nil }
        return PlaybackClaims(verified: video, terms: terms)
    }

    /// The checks that are the same for every request: revocations and times.
    @inline(__always)
    func runValidity(_ claims: TokenClaims, recorder: some CheckRecorder) throws(Denial) {
        let terms = claims.terms
        _ = try recorder.run(.revocation) { () throws(Denial) in
            try checkRevocations(claims)
        } describe: {
            revocations.isEmpty ? "none known" : "none of \(revocations.count) names this token"
        }
        _ = try recorder.run(.expiry) { () throws(Denial) in
            try checkExpiry(terms.expires)
        } describe: {
            describe(terms.expires) ?? "never"
        }
        _ = try recorder.run(.notBefore) { () throws(Denial) in
            try checkNotBefore(terms.notBefore)
        } describe: {
            describe(terms.notBefore) ?? "any time"
        }
        _ = try recorder.run(.lifetime) { () throws(Denial) in
            try checkLifetime(terms.expires)
        } describe: {
            policy.maximumLifetime.map { "at most \($0.humanText)" } ?? "no limit"
        }
    }

    private func checkRevocations(_ claims: TokenClaims) throws(Denial) {
        guard let revocation = revocations.revocation(of: claims.revocable, at: now) else { return }
        throw Denial(revocation)
    }

    private func checkExpiry(_ expires: NumericDate?) throws(Denial) {
        guard let expires else {
            guard policy.insecurelyAllowsMissingExpiry else {
                throw Denial(.expiryMissing, "the token has no `exp`, so it would never end: sign it with an expiry")
            }
            return
        }
        guard now < expires + policy.leeway else {
            throw Denial(.expired, "the token expired \((now - expires).humanText) ago, at \(expires): sign a new one")
        }
    }

    private func checkNotBefore(_ notBefore: NumericDate?) throws(Denial) {
        guard let notBefore, now < notBefore - policy.leeway else { return }
        throw Denial(
            .notYetValid,
            "the token is valid in \((notBefore - now).humanText), from \(notBefore): are the clocks right?")
    }

    private func checkLifetime(_ expires: NumericDate?) throws(Denial) {
        guard let limit = policy.maximumLifetime else { return }
        guard let expires else {
            throw Denial(.lifetimeTooLong, "the token never expires, and at most \(limit.humanText) are allowed here")
        }
        guard expires - now > limit + policy.leeway else { return }
        throw Denial(
            .lifetimeTooLong,
            "the token is valid for another \((expires - now).humanText), more than the \(limit.humanText) allowed here"
        )
    }

    func checkVideo(_ subject: String) throws(Denial) -> VideoID {
        if let video = request.video {
            guard subject.isEqual(toUTF8Of: video.rawValue) else {
                let hint = subject.contains("/") ? ": `sub` is the id alone, not a path" : ""
                throw Denial(.videoMismatch, "the token is for '\(subject.excerpt())', not for \(video)\(hint)")
            }
            return video
        }
        guard let video = try? VideoID(subject) else {
            throw Denial(.videoMismatch, "the token's `sub` '\(subject.excerpt())' is not a video id")
        }
        return video
    }

    private func checkRules(_ claims: TokenClaims) throws(Denial) {
        if let problem = claims.rulesProblem { throw Self.rulesMalformed(problem) }
        let rules = claims.terms.rules
        for (index, rule) in rules.enumerated() {
            let position = { "rule \(index + 1) of \(rules.count) `\(rule.description.excerpt(100))`" }
            switch rule.match(address: request.address, country: request.country) {
            case .no: continue
            case .yes where rule.action == .allow: return
            case .yes: throw Denial(.blockedByRule, "\(position()) matched this viewer")
            case .countryUnknown:
                throw Denial(.countryUnknown, "\(position()) needs the viewer's country, which is not known")
            case .addressUnknown:
                throw Denial(.addressUnknown, "\(position()) needs the viewer's address, which is not known")
            }
        }
    }

    static func rulesMalformed(_ problem: String) -> Denial {
        Denial(.rulesMalformed, "the access rules are not understood (\(problem)): sign a new token")
    }

    private func checkDownload(_ isDownloadable: Bool) throws(Denial) {
        guard !request.isDownload || isDownloadable else {
            throw Denial(
                .downloadNotAllowed,
                "paths under downloads/ need `downloadable: true` in the token: sign one with --downloadable")
        }
    }

    private func describe(_ date: NumericDate?) -> String? {
        date.map { $0 > now ? "\($0), in \(($0 - now).humanText)" : "\($0), \((now - $0).humanText) ago" }
    }

    private func describe(_ rules: [AccessRule]) -> String {
        guard !rules.isEmpty else { return "none" }
        let match = rules.firstIndex { $0.match(address: request.address, country: request.country) == .yes }
        return match.map { "rule \($0 + 1) of \(rules.count) `\(rules[$0].description.excerpt(100))` matched" }
            ?? "none of \(rules.count) matched, which allows"
    }
}
