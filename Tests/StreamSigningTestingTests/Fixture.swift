import StreamSigning
import StreamSigningTesting

/// A token that is granted now, to whoever is in Great Britain.
enum Fixture {
    static let now: NumericDate = 1_760_000_000
    static var video: VideoID {
        get throws { try VideoID("ea95132c15732412d22c1476fa83f27a") }
    }
    static var claims: PlaybackClaims {
        get throws {
            try PlaybackClaims(
                video: video, expires: now + .seconds(300), notBefore: now - .seconds(60),
                rules: [.allow(.countries(.gb)), .block(.any)])
        }
    }
    static var token: PlaybackToken {
        get throws { try TokenSigner(key: .testKey).sign(claims) }
    }
}
