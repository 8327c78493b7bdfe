import StreamSigning
import Testing

/// A verifier with everything it is asked, for one line a test.
struct Verdicts {
    var verifier: TokenVerifier
    var request: PlaybackRequest
    var now = ForgedToken.now

    init(
        keys: KeySet, revocations: RevocationSet = RevocationSet(), request: PlaybackRequest,
        policy: VerificationPolicy = VerificationPolicy()
    ) {
        verifier = TokenVerifier(keys: keys, revocations: revocations, policy: policy)
        self.request = request
    }

    /// Trusts the first test key and asks for the forged tokens' video.
    static func standard(
        revocations: RevocationSet = RevocationSet(), policy: VerificationPolicy = VerificationPolicy()
    ) throws -> Verdicts {
        try Verdicts(
            keys: KeySet([TestKeys.first().verificationKey]), revocations: revocations,
            request: PlaybackRequest(video: VideoID(ForgedToken.video)),
            policy: policy)
    }

    /// Why the token is refused, nil if it is not. Every answer is checked against the explanation's and against those of a
    /// batch.
    func denial(of token: String, sourceLocation: SourceLocation = #_sourceLocation) -> Denial? {
        var denial: Denial?
        do throws(Denial) {
            _ = try verifier.verify(token, for: request, at: now)
        } catch {
            denial = error
        }
        for result in verifier.verify([String](repeating: token, count: 4), for: request, at: now) {
            let other: Denial? = if case .failure(let denial) = result { denial } else { nil }
            #expect(other == denial, "a batch disagrees with verify()", sourceLocation: sourceLocation)
            #expect(other?.message == denial?.message, sourceLocation: sourceLocation)
        }
        let explanation = verifier.explain(token, for: request, at: now)
        #expect(explanation.verdict == denial, "explain() disagrees with verify()", sourceLocation: sourceLocation)
        #expect(explanation.verdict?.message == denial?.message, sourceLocation: sourceLocation)
        #expect(explanation.steps.map(\.check) == Check.allCases, sourceLocation: sourceLocation)
        return denial
    }

    /// The code alone.
    func code(of token: String, sourceLocation: SourceLocation = #_sourceLocation) -> Denial.Code? {
        denial(of: token, sourceLocation: sourceLocation)?.code
    }
}
