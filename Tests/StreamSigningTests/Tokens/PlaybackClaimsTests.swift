import StreamSigning
import Testing

@Suite("Playback claims")
struct PlaybackClaimsTests {
    private let video: VideoID

    init() throws {
        video = try VideoID(ForgedToken.video)
    }

    @Test("begin before they end", arguments: [(-1, true), (0, false), (1, false)])
    func order(offset: Int64, isAccepted: Bool) {
        let begin = ForgedToken.expiry + .seconds(offset)
        #expect(
            ((try? PlaybackClaims(video: video, expires: ForgedToken.expiry, notBefore: begin)) != nil) == isAccepted)
    }

    @Test("are written in the order of the contract, absent when not set")
    func written() throws {
        let key = try TestKeys.first()
        let signer = TokenSigner(key: key)
        let least = try PlaybackClaims(video: video, expires: 1_760_003_600)
        let all = try PlaybackClaims(
            video: video, expires: 1_760_003_600, notBefore: 1_759_996_400, isDownloadable: true,
            rules: [
                .allow(.countries(.gb, .ie)), .block(.addresses(IPNetwork("192.0.2.77/24"), IPNetwork("::1"))),
                .block(.any),
            ],
            wantsOriginal: true)
        #expect(try payload(signer.sign(least)) == #"{"sub":"\#(video)","kid":"\#(key.id)","exp":1760003600}"#)
        #expect(
            try payload(signer.sign(all))
                == #"{"sub":"\#(video)","kid":"\#(key.id)","exp":1760003600,"nbf":1759996400,"downloadable":true,"#
                + #""accessRules":[{"type":"ip.geoip.country","action":"allow","country":["GB","IE"]},"#
                + #"{"type":"ip.src","action":"block","ip":["192.0.2.0/24","::1"]},{"type":"any","action":"block"}],"#
                + #""flags":{"original":true}}"#)
        #expect(
            try payload(signer.sign(.insecureWithoutExpiry(video: video))) == #"{"sub":"\#(video)","kid":"\#(key.id)"}"#
        )
    }

    @Test("are signed under a header of alg and kid alone")
    func header() throws {
        let key = try SigningKey(importing: TestKeys.second().pem().reveal(), id: KeyID("a\"\\é"))
        let token = try TokenSigner(key: key).sign(PlaybackClaims(video: video, expires: 1_760_003_600))
        let read = try UnverifiedToken(readingWithoutVerification: token.rawValue)
        #expect(read.unverifiedHeader == #"{"alg":"RS256","kid":"a\"\\é"}"#)
        #expect(read.unverifiedKeyID == "a\"\\é")
    }

    private func payload(_ token: PlaybackToken) throws -> String {
        try UnverifiedToken(readingWithoutVerification: token.rawValue).unverifiedPayload
    }
}
