public import StreamSigning

/// What became of a token that was presented for playback: granted, or refused and why.
///
/// It is what a test compares, in the one line that Swift Testing has for everything else:
///
/// ```swift
/// #expect(token.playback(of: video, at: now) == .granted)
/// #expect(token.playback(of: video, at: now + .seconds(300)) == .refused(.expired))
/// ```
///
/// When such a line fails, Swift Testing prints both sides, and this side is the whole `Explanation`: every check with its
/// outcome and the value it looked at. That is why there is no assertion function of our own: `#expect` points at the line,
/// `#require` stops there, and `withKnownIssue` and parametrised tests work as everywhere. (Write no `try` inside of
/// `#expect`: Swift Testing does not print the two sides then. Nothing here needs one.)
///
/// Outcomes are equal by verdict and denial code, not by wording, viewer or time.
public struct PlaybackOutcome: Sendable {
    enum Verdict: Sendable, Hashable {
        case granted
        case refused(Denial.Code)
        /// The fixed keys could not be read, or a revocation not made: neither is true, so that no expectation holds by accident.
        case undecided
    }

    let verdict: Verdict
    /// Every check; nil in ``granted`` and ``refused(_:)``, which are only expected.
    public let explanation: Explanation?
    private let result: Result<VerifiedToken, PlaybackNotGranted>

    /// The outcome that a test expects of a token that may play.
    public static let granted = PlaybackOutcome(expecting: .granted)

    /// The outcome that a test expects of a token that may not play for this reason. For any reason at all, write
    /// `!= .granted`.
    public static func refused(_ code: Denial.Code) -> PlaybackOutcome {
        PlaybackOutcome(expecting: .refused(code))
    }

    private init(expecting verdict: Verdict) {
        let reason = "this is an expectation, and no token was presented"
        self.init(verdict, nil, .failure(PlaybackNotGranted(reason: reason)))
    }

    private init(
        _ verdict: Verdict, _ explanation: Explanation?, _ result: Result<VerifiedToken, PlaybackNotGranted>
    ) {
        self.verdict = verdict
        self.explanation = explanation
        self.result = result
    }

    init(
        _ token: String, for request: PlaybackRequest, at time: NumericDate, keys: KeySet?, revoked: [TestRevocation],
        policy: VerificationPolicy
    ) {
        let trusted: KeySet
        do throws(KeyError) {
            trusted = if let keys { keys } else { try KeySet.testKeys }
        } catch {
            self.init(undecided: "the fixed test keys cannot be used here: \(error.reason)")
            return
        }
        do throws(InvalidRevocation) {
            let revocations = try RevocationSet(revoked, at: time)
            let verifier = TokenVerifier(keys: trusted, revocations: revocations, policy: policy)
            self.init(token, for: request, at: time, verifier: verifier)
        } catch {
            self.init(undecided: "this cannot be revoked: \(error.reason)")
        }
    }

    private init(undecided reason: String) {
        self.init(.undecided, nil, .failure(PlaybackNotGranted(reason: reason)))
    }

    private init(_ token: String, for request: PlaybackRequest, at time: NumericDate, verifier: TokenVerifier) {
        let explanation = verifier.explain(token, for: request, at: time)
        do throws(Denial) {
            let verified = try verifier.verify(token, for: request, at: time)
            self.init(.granted, explanation, .success(verified))
        } catch {
            let verdict = Verdict.refused(error.code)
            let reason = Self.describe(verdict, explanation)
            self.init(verdict, explanation, .failure(PlaybackNotGranted(reason: reason)))
        }
    }

    /// The token as the verifier let it pass, for what takes a `VerifiedToken`.
    /// - Throws: ``PlaybackNotGranted`` with the whole explanation as its text.
    public var verifiedToken: VerifiedToken {
        get throws(PlaybackNotGranted) { try result.get() }
    }

    /// What the token says, to be looked at one by one.
    ///
    /// ```swift
    /// let claims = try token.playback(of: video, at: now).claims
    /// #expect(claims.lifetime(from: now) == .seconds(300))
    /// #expect(!claims.isDownloadable)
    /// #expect(claims.rules == [.allow(.countries(.gb)), .block(.any)])
    /// ```
    /// - Throws: ``PlaybackNotGranted`` with the whole explanation as its text.
    public var claims: PlaybackClaims {
        get throws(PlaybackNotGranted) { try result.get().claims }
    }
}

/// Why an outcome has no claims to look at. The text is the whole explanation.
public struct PlaybackNotGranted: Error, Sendable, CustomStringConvertible {
    let reason: String

    /// The refusal and every check.
    public var description: String { reason }
}

extension PlaybackOutcome: Hashable {
    /// The same verdict, and of a refusal the same code.
    public static func == (left: PlaybackOutcome, right: PlaybackOutcome) -> Bool {
        left.verdict == right.verdict
    }

    /// Over what `==` compares.
    public func hash(into hasher: inout Hasher) {
        hasher.combine(verdict)
    }
}

extension PlaybackOutcome: CustomStringConvertible {
    /// The verdict, and below it every check.
    public var description: String {
        if case .undecided = verdict, case .failure(let error) = result { return error.reason }
        return Self.describe(verdict, explanation)
    }

    private static func describe(_ verdict: Verdict, _ explanation: Explanation?) -> String {
        let headline =
            switch verdict {
            case .granted: "granted"
            case .refused(let code): "refused as \(code)"
            case .undecided: "undecided"
            }
        guard let explanation else { return headline }
        let checks = explanation.description.split(separator: "\n").map { "    \($0)" }
        return (["\(headline) at \(explanation.time)"] + checks).joined(separator: "\n")
    }
}
