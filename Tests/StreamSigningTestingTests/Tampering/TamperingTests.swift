import StreamSigning
import StreamSigningTesting
import Testing

@Suite("Tampered tokens")
struct TamperingTests {
    let now = Fixture.now

    @Test("are refused for the reason they name", arguments: Tampering.allCases)
    func refused(_ tampering: Tampering) throws {
        let tampered = try Fixture.token.tampered(tampering)
        let video = try Fixture.video
        #expect(tampered.playback(of: video, country: .gb, at: now) == .refused(tampering.refusal))
    }

    @Test("differ from a genuine one that says already what they would make it say", arguments: Tampering.allCases)
    func different(_ tampering: Tampering) throws {
        let video = try VideoID("00000000000000000000000000007e57")
        let token = try TokenSigner(key: .testKey).sign(
            PlaybackClaims(video: video, expires: now + .seconds(1), isDownloadable: true, rules: [.allow(.any)]))
        #expect(token.playback(of: video, path: "downloads/default.mp4", at: now) == .granted)
        let tampered = try token.tampered(tampering)
        #expect(tampered != token)
        #expect(tampered.playback(of: video, at: now) == .refused(tampering.refusal))
    }

    @Test("are made of the plainest token just as well", arguments: Tampering.allCases)
    func plain(_ tampering: Tampering) throws {
        let video = try Fixture.video
        let token = try TokenSigner(key: .testKey).sign(PlaybackClaims(video: video, expires: now + .seconds(1)))
        #expect(token.playback(of: video, at: now) == .granted)
        let tampered = try token.tampered(tampering)
        #expect(tampered != token)
        #expect(tampered.playback(of: video, at: now) == .refused(tampering.refusal))
    }

    @Test("are made of a key and an id of the caller's own", arguments: Tampering.allCases)
    func ownKey(_ tampering: Tampering) throws {
        let id = try KeyID(#"mine "\" key"#)
        let key = try SigningKey(importing: SigningKey.testKey.pem().reveal(), id: id)
        let keys = try KeySet([key.verificationKey])
        let video = try Fixture.video
        let token = try TokenSigner(key: key).sign(Fixture.claims)
        let tampered = try token.tampered(tampering, key: key)
        #expect(tampered.playback(of: video, country: .gb, at: now, keys: keys) == .refused(tampering.refusal))
    }

    @Test("have nothing else wrong where the key's owner signed them")
    func singleFault() throws {
        let video = try Fixture.video
        for tampering in [Tampering.expired, .notYetValid, .forOtherVideo, .ruleUnknown, .expiryRemoved] {
            let tampered = try Fixture.token.tampered(tampering)
            let explanation = tampered.playback(of: video, country: .gb, at: now).explanation
            let refusals = explanation?.steps.filter { if case .refused = $0.outcome { true } else { false } }
            #expect(refusals?.count == 1, "\(tampering): \(String(describing: refusals))")
        }
    }

    @Test("keep the text that the signature is over, where only the signature is tampered with")
    func signedTextIsKept() throws {
        let token = try Fixture.token
        for tampering in [Tampering.signatureBitFlipped, .signatureCut, .signatureRemoved, .signedByOtherKey] {
            let tampered = try token.tampered(tampering)
            #expect(tampered.rawValue.split(separator: ".").prefix(2) == token.rawValue.split(separator: ".").prefix(2))
        }
    }

    @Test("cannot be made of what is no token")
    func noToken() {
        #expect(throws: Denial.self) { try PlaybackToken(rawValue: "no token").tampered(.expired) }
    }
}
