import StreamSigning
import StreamSigningTesting
import Testing

@Suite("Well-signed payloads")
struct SignedPayloadTests {
    static let wrong: [(String, Denial.Code)] = [
        (#"{"sub":42,"exp":1760000300}"#, .claimsMalformed),
        (#"{"sub":"ea95132c15732412d22c1476fa83f27a","exp":"soon"}"#, .claimsMalformed),
        (#"{"sub":"ea95132c15732412d22c1476fa83f27a","exp":1760000300,"downloadable":"true"}"#, .claimsMalformed),
        (#"{"sub":"a","sub":"b"}"#, .claimsMalformed),
        (#"["sub"]"#, .claimsMalformed),
        ("not JSON", .claimsMalformed),
        ("", .claimsMalformed),
    ]

    @Test("may be malformed in every way", arguments: wrong)
    func malformed(payload: String, code: Denial.Code) throws {
        let token = try PlaybackToken.signed(payloadJSON: payload)
        let video = try Fixture.video
        #expect(token.playback(of: video, at: Fixture.now) == .refused(code))
    }

    @Test("are taken as they are, blanks included")
    func verbatim() throws {
        let payload = #"{ "sub" : "ea95132c15732412d22c1476fa83f27a", "exp": "1760000300", "note": "a,b:{\"c\"}" }"#
        let header = #"{"typ":"JWT", "alg":"RS256", "kid":"7e570000000000000000000000000002"}"#
        let token = try PlaybackToken.signed(payloadJSON: payload, headerJSON: header, with: .otherTestKey)
        let read = try UnverifiedToken(readingWithoutVerification: token.rawValue)
        #expect(read.unverifiedPayload == payload)
        #expect(read.unverifiedHeader == header)
        let keys = try KeySet([SigningKey.otherTestKey.verificationKey])
        let video = try Fixture.video
        #expect(token.playback(of: video, at: Fixture.now, keys: keys) == .granted)
    }

    @Test("are tampered with as our own are", arguments: Tampering.allCases)
    func tampered(_ tampering: Tampering) throws {
        let payload = #"""
            { "accessRules": [ {"type":"ip.geoip.country", "action":"block", "country":["FR","DE"]} ],
              "exp": "1760000300", "note": "a,b:{\"c\"}", "sub" : "ea95132c15732412d22c1476fa83f27a" }
            """#
        let token = try PlaybackToken.signed(payloadJSON: payload)
        let video = try Fixture.video
        #expect(token.playback(of: video, country: .gb, at: Fixture.now) == .granted)
        let tampered = try token.tampered(tampering)
        #expect(tampered.playback(of: video, country: .gb, at: Fixture.now) == .refused(tampering.refusal))
    }
}
