import Entitlements
import StreamSigning
import StreamSigningTesting
import Testing

@Suite("What a plan's token allows")
struct EntitlementPolicyTests {
    let clock = ManualClock(now: 1_760_000_000)
    let video: VideoID
    let policy: EntitlementPolicy

    init() throws {
        video = try VideoID("ea95132c15732412d22c1476fa83f27a")
        policy = EntitlementPolicy(key: try .testKey)
    }

    @Test("A trial ends after five minutes")
    func trial() throws {
        let token = try policy.token(for: .trial, video: video, at: clock.now)
        #expect(token.playback(of: video, at: clock.now) == .granted)
        clock.advance(by: .seconds(299))
        #expect(token.playback(of: video, at: clock.now) == .granted)
        clock.advance(by: .seconds(1))
        #expect(token.playback(of: video, at: clock.now) == .refused(.expired))
    }

    @Test("A subscriber watches for two hours", arguments: [(0, true), (7199, true), (7200, false)])
    func subscriber(secondsLater: Int, isGranted: Bool) throws {
        let token = try policy.token(for: .subscriber, video: video, at: clock.now)
        clock.advance(by: .seconds(secondsLater))
        #expect(token.playback(of: video, at: clock.now) == (isGranted ? .granted : .refused(.expired)))
    }

    @Test("Only subscribers download")
    func downloads() throws {
        let file = "downloads/default.mp4"
        let trial = try policy.token(for: .trial, video: video, at: clock.now)
        #expect(trial.playback(of: video, path: file, at: clock.now) == .refused(.downloadNotAllowed))
        let subscriber = try policy.token(for: .subscriber, video: video, at: clock.now)
        #expect(subscriber.playback(of: video, path: file, at: clock.now) == .granted)
    }

    @Test("A token is for one video", arguments: Plan.allCases)
    func oneVideo(plan: Plan) throws {
        let token = try policy.token(for: plan, video: video, at: clock.now)
        let other = try VideoID("5d5bc37ffcf54c9b82e996823bffbb81")
        #expect(token.playback(of: other, at: clock.now) == .refused(.videoMismatch))
    }

    @Test("The claims are these and no others")
    func claims() throws {
        let token = try policy.token(for: .trial, video: video, at: clock.now)
        let claims = try token.playback(of: video, at: clock.now).claims
        #expect(claims.lifetime(from: clock.now) == .seconds(300))
        #expect(claims.notBefore == clock.now)
        #expect(!claims.isDownloadable)
        #expect(claims.rules.isEmpty)
    }
}
