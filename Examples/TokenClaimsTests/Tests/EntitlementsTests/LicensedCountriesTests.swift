import Entitlements
import StreamSigning
import StreamSigningTesting
import Testing

@Suite("Where a token is good")
struct LicensedCountriesTests {
    let now: NumericDate = 1_760_000_000
    let video: VideoID
    let token: PlaybackToken

    init() throws {
        video = try VideoID("ea95132c15732412d22c1476fa83f27a")
        token = try EntitlementPolicy(key: .testKey, licensedCountries: [.gb, .ie])
            .token(for: .subscriber, video: video, at: now)
    }

    @Test("In the licensed countries", arguments: [CountryCode.gb, .ie])
    func licensed(country: CountryCode) {
        #expect(token.playback(of: video, country: country, at: now) == .granted)
    }

    @Test("Nowhere else", arguments: [CountryCode.fr, .us])
    func elsewhere(country: CountryCode) {
        #expect(token.playback(of: video, country: country, at: now) == .refused(.blockedByRule))
    }

    @Test("Not where the country is unknown")
    func unknown() {
        #expect(token.playback(of: video, at: now) == .refused(.countryUnknown))
    }

    @Test("The rules are in this order, of which the first that matches decides")
    func rules() throws {
        let claims = try token.playback(of: video, country: .gb, at: now).claims
        #expect(claims.rules == [.allow(.countries(.gb, .ie)), .block(.any)])
    }
}
