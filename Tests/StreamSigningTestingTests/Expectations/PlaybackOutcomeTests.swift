import StreamSigning
import StreamSigningTesting
import Testing

@Suite("Playback outcomes")
struct PlaybackOutcomeTests {
    let now = Fixture.now
    let video: VideoID
    let token: PlaybackToken

    init() throws {
        video = try Fixture.video
        token = try Fixture.token
    }

    @Test("say what became of a token, and for which viewer")
    func verdicts() throws {
        #expect(token.playback(of: video, country: .gb, at: now) == .granted)
        #expect(token.playback(of: video, country: .fr, at: now) == .refused(.blockedByRule))
        #expect(token.playback(of: video, at: now) == .refused(.countryUnknown))
        #expect(token.playback(of: try VideoID("another"), country: .gb, at: now) == .refused(.videoMismatch))
        #expect(
            token.playback(of: video, path: "downloads/default.mp4", country: .gb, at: now)
                == .refused(.downloadNotAllowed))
    }

    @Test("have the verifier's bounds", arguments: [(-61, false), (-60, true), (299, true), (300, false)])
    func bounds(offset: Int, isGranted: Bool) throws {
        let outcome = token.playback(of: video, country: .gb, at: now + .seconds(offset))
        #expect((outcome == .granted) == isGranted)
    }

    @Test("follow the address rules of a token")
    func address() throws {
        let claims = try PlaybackClaims(
            video: video, expires: now + .seconds(1), rules: [.block(.addresses(IPNetwork("192.0.2.0/24")))])
        let token = try TokenSigner(key: .testKey).sign(claims)
        #expect(token.playback(of: video, address: IPAddress("192.0.2.1"), at: now) == .refused(.blockedByRule))
        #expect(token.playback(of: video, address: IPAddress("198.51.100.1"), at: now) == .granted)
    }

    @Test("take keys and policy of the caller's own")
    func verifier() throws {
        let keys = try KeySet([SigningKey.otherTestKey.verificationKey])
        #expect(token.playback(of: video, country: .gb, at: now, keys: keys) == .refused(.keyUnknown))
        let policy = VerificationPolicy(leeway: .seconds(30))
        let late = now + .seconds(329)
        #expect(token.playback(of: video, country: .gb, at: late) == .refused(.expired))
        #expect(token.playback(of: video, country: .gb, at: late, policy: policy) == .granted)
    }

    @Test("follow what is revoked at that moment")
    func revoked() throws {
        let claims = try PlaybackClaims(
            video: video, expires: now + .seconds(300), id: "t1", issuedAt: now, viewer: "guest")
        let token = try TokenSigner(key: .testKey).sign(claims)
        let url = PlaybackURL(.hls, token: token, from: try PlaybackOrigin(customerCode: "f33zs165nr7gyfy4"))
        #expect(token.playback(of: video, at: now, revoked: []) == .granted)
        #expect(token.playback(of: video, at: now, revoked: [.token("t1")]) == .refused(.tokenRevoked))
        #expect(token.playback(of: video, at: now, revoked: [.viewer("guest")]) == .refused(.viewerRevoked))
        #expect(url.playback(of: video, at: now, revoked: [.video(video.rawValue)]) == .refused(.videoRevoked))
        #expect(
            token.playback(of: video, at: now, revoked: [.viewer("guest"), .token("t1")]) == .refused(.tokenRevoked))
        #expect(
            token.playback(of: video, at: now, revoked: [.token("t2"), .viewer("host"), .session("t1")]) == .granted)
        #expect(token.playback(of: video, at: now, revoked: [.viewer("guest", issuedBefore: now)]) == .granted)
        let late = now + .seconds(10)
        #expect(
            token.playback(of: video, at: late, revoked: [.video(video.rawValue, issuedBefore: late)])
                == .refused(.videoRevoked))
    }

    @Test("are neither with what cannot be revoked")
    func notRevocable() {
        for revoked in [TestRevocation.token(""), .viewer("a", issuedBefore: now + .seconds(1))] {
            let outcome = token.playback(of: video, country: .gb, at: now, revoked: [revoked])
            #expect(outcome != .granted && outcome != .refused(.tokenRevoked))
            #expect(outcome.description.hasPrefix("this cannot be revoked: "))
        }
    }

    @Test("of a URL are those of its token for its path")
    func url() throws {
        let origin = try PlaybackOrigin(customerCode: "f33zs165nr7gyfy4")
        let stream = PlaybackURL(.hls, token: token, from: origin)
        #expect(stream.playback(of: video, country: .gb, at: now) == .granted)
        let file = PlaybackURL(.download(), token: token, from: origin)
        #expect(file.playback(of: video, country: .gb, at: now) == .refused(.downloadNotAllowed))
    }

    @Test("are equal by verdict and code alone")
    func equality() throws {
        let early = token.playback(of: video, country: .gb, at: now)
        let later = token.playback(of: video, country: .gb, at: now + .seconds(1))
        #expect(early == later && early.hashValue == later.hashValue)
        #expect(PlaybackOutcome.refused(.expired) != .refused(.notYetValid))
        #expect(PlaybackOutcome.refused(.expired) != .granted)
    }

    @Test("of what was granted hand out the claims")
    func claims() throws {
        let outcome = token.playback(of: video, country: .gb, at: now)
        let claims = try outcome.claims
        #expect(claims == (try Fixture.claims))
        #expect(claims.lifetime(from: now) == .seconds(300))
        #expect(try outcome.verifiedToken.keyID == SigningKey.testKey.id)
        let endless = try PlaybackClaims.insecureWithoutExpiry(video: video)
        #expect(endless.lifetime(from: now) == nil)
    }

    @Test("of what was refused throw the explanation instead of claims")
    func noClaims() throws {
        let outcome = token.playback(of: video, country: .fr, at: now)
        let error = try #require(throws: PlaybackNotGranted.self) { try outcome.claims }
        #expect(error.description == outcome.description)
        #expect(error.description.contains("refused as blocked_by_rule"))
        #expect(throws: PlaybackNotGranted.self) { try PlaybackOutcome.granted.claims }
    }
}
