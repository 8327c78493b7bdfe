import StreamSigning
import StreamSigningTesting
import Testing

/// What a person reads when an expectation fails. The failures are real ones, taken for known.
@Suite("A failed expectation")
struct FailureTextTests {
    let now = Fixture.now
    let video: VideoID
    let token: PlaybackToken

    init() throws {
        video = try Fixture.video
        token = try Fixture.token
    }

    @Test("of a grant tells every check and the one that refused")
    func refusal() throws {
        let outcome = token.playback(of: video, country: .gb, at: now + .seconds(600))
        let explanation = try #require(outcome.explanation)
        #expect(explanation.verdict?.code == .expired)
        withKnownIssue {
            #expect(outcome == .granted)
        } matching: { issue in
            let text = issue.description
            return text.contains("refused as expired at 2025-10-09T09:03:20Z")
                && explanation.steps.count == Check.allCases.count
                && explanation.steps.allSatisfy { text.contains("\($0.mark) \($0.check.title)") }
                && explanation.steps.allSatisfy { text.contains($0.value) }
        }
    }

    @Test("of a refusal tells what was granted, and why")
    func grant() {
        withKnownIssue {
            #expect(token.playback(of: video, country: .gb, at: now) == .refused(.expired))
        } matching: { issue in
            let text = issue.description
            return text.contains("granted at 2025-10-09T08:53:20Z")
                && text.contains("rule 1 of 2 `allow country GB` matched")
                && text.contains("refused as expired")
        }
    }

    @Test("names the code that came instead of the one expected")
    func otherCode() {
        withKnownIssue {
            #expect(token.playback(of: video, country: .fr, at: now) == .refused(.expired))
        } matching: { issue in
            issue.description.contains("refused as blocked_by_rule")
                && issue.description.contains("rule 2 of 2 `block any` matched this viewer")
        }
    }

    @Test("stops the test where it is required")
    func requirement() throws {
        try withKnownIssue {
            try #require(token.playback(of: video, at: now) == .granted)
            Issue.record("the test went on")
        } matching: { issue in
            issue.description.contains("refused as country_unknown")
        }
    }

    @Test("of claims that cannot be had has the explanation as its error")
    func claims() throws {
        try withKnownIssue {
            _ = try token.playback(of: video, country: .fr, at: now).claims
        } matching: { issue in
            issue.error is PlaybackNotGranted && issue.description.contains("✗ access rules")
        }
    }

    @Test("of claims shows them in one line")
    func claimText() throws {
        let claims = try PlaybackClaims(
            video: video, expires: now + .seconds(60), notBefore: now, isDownloadable: true,
            rules: [.allow(.countries(.gb, .ie)), .block(.any)], wantsOriginal: true)
        #expect(
            claims.testDescription == """
                video ea95132c15732412d22c1476fa83f27a, until 2025-10-09T08:54:20Z, from 2025-10-09T08:53:20Z, \
                downloadable, original, rules: allow country GB, IE; block any
                """)
        let ours = try PlaybackClaims(
            video: video, expires: now + .seconds(60), id: "a", issuedAt: now, viewer: "u-17", playFor: .seconds(10_800)
        )
        #expect(
            ours.testDescription == """
                video ea95132c15732412d22c1476fa83f27a, until 2025-10-09T08:54:20Z, id a, \
                issued at 2025-10-09T08:53:20Z, viewer u-17, plays for 3 h
                """)
        #expect(
            try PlaybackClaims.insecureWithoutExpiry(video: VideoID("a")).testDescription == "video a, without end")
    }

    @Test("never shows the token")
    func secrecy() throws {
        let outcome = token.playback(of: video, at: now)
        let signature = try #require(token.rawValue.split(separator: ".").last)
        #expect(!outcome.testDescription.contains(signature))
        withKnownIssue {
            #expect(outcome == .granted)
        } matching: { issue in
            !issue.description.contains(signature)
        }
    }
}
