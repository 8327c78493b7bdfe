import Testing

@testable import StreamSigning

@Suite("Tokens, of random claims")
struct TokenRoundTripTests {
    @Test("what is signed verifies, and says the same", arguments: [UInt64](1...6))
    func roundTrip(seed: UInt64) throws {
        var random = RandomClaims(seed: seed)
        let key = try TestKeys.first()
        let verifier = try TokenVerifier(keys: KeySet([key.verificationKey]))
        for _ in 0..<40 {
            let claims = try random.claims()
            let token = try TokenSigner(key: key).sign(claims)
            let request = PlaybackRequest(
                video: claims.video, path: claims.isDownloadable ? "downloads/default.mp4" : nil,
                address: IPAddress("192.0.2.1"), country: .gb)
            let verified = try verifier.verify(token, for: request, at: 1_760_000_000)
            #expect(verified.claims == claims, "seed \(seed)")
            #expect(verified.keyID == key.id)
        }
    }

    @Test("the same claims give the same text: RS256 has no randomness")
    func deterministic() throws {
        var random = RandomClaims(seed: 1)
        let claims = try random.claims()
        let signer = TokenSigner(key: try TestKeys.first())
        #expect(try signer.sign(claims) == signer.sign(claims))
    }
}
