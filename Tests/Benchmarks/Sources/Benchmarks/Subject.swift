internal import StreamSigning

/// What is signed and verified: a fresh key of Stream's size, and claims like those of a real player page.
struct Subject: Sendable {
    let key: SigningKey
    let signer: TokenSigner
    let verifier: TokenVerifier
    let claims: PlaybackClaims
    let token: PlaybackToken
    let request: PlaybackRequest

    /// While the tokens are valid.
    static let now: NumericDate = 1_790_000_000

    /// One key for all figures.
    static let plain = Result { try Subject(rules: []) }

    /// The most rules that a token may have, the last of which matches.
    static let withRules = Result {
        try Subject(rules: [
            .block(.countries(try CountryCode("RU"), try CountryCode("BY"))),
            .block(.addresses(try IPNetwork("198.51.100.0/24"), try IPNetwork("2001:db8:1::/48"))),
            .block(.addresses(try IPNetwork("192.0.2.17"))),
            .allow(.countries(try CountryCode("GB"), try CountryCode("IE"))),
            .block(.any),
        ])
    }

    private init(rules: [AccessRule]) throws {
        key = try .generate()
        signer = TokenSigner(key: key)
        verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
        let video = try VideoID("ea95132c15732412d22c1476fa83f27a")
        claims = try PlaybackClaims(
            video: video, expires: Self.now + .seconds(3600), notBefore: Self.now - .seconds(60), rules: rules)
        token = try signer.sign(claims)
        request = PlaybackRequest(
            video: video, path: "manifest/video.m3u8", address: IPAddress("203.0.113.5"),
            country: try CountryCode("IE"))
    }

    /// What a token's signature is over.
    var signedText: [UInt8] {
        let text = Array(token.rawValue.utf8)
        return Array(text.prefix(upTo: text.lastIndex(of: UInt8(ascii: ".")) ?? 0))
    }

    /// OpenSSL alone, with the same key and a message of the same length.
    func makeRaw() throws -> RawRSA {
        try RawRSA(key: key, message: signedText)
    }

    func sign(times: Int) throws {
        for _ in 0..<times {
            _ = try signer.sign(claims)
        }
    }

    func verify(times: Int) throws {
        for _ in 0..<times {
            _ = try verifier.verify(token.rawValue, for: request, at: Self.now)
        }
    }
}
