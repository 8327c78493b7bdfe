import Testing

@testable import StreamSigning

@Suite("The proof that a private key makes valid signatures")
struct KeyProofTests {
    /// Its `p` is composite, and all arithmetic holds.
    private static func unsound() throws -> String {
        try Vectors.text("composite-prime.jwk")
    }

    private static var deferring: KeyLimits {
        var limits = KeyLimits()
        limits.defersProof = true
        return limits
    }

    private static func claims() throws -> PlaybackClaims {
        try PlaybackClaims(video: VideoID("ea95132c15732412d22c1476fa83f27a"), expires: ForgedToken.expiry)
    }

    @Test("comes before the key")
    func eager() throws {
        let text = try Self.unsound()
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: text) }
        #expect(error?.code == .inconsistent)
    }

    @Test("may come with the first signature, and no invalid one leaves the key then or later")
    func deferred() throws {
        let signer = TokenSigner(key: try SigningKey(importing: Self.unsound(), limits: Self.deferring))
        for _ in 1...2 {
            let error = #expect(throws: KeyError.self) { try signer.sign(Self.claims()) }
            #expect(error?.code == .inconsistent)
        }
    }

    @Test("is not taken for a fault of what signs eight at a time")
    func batch() throws {
        let library = try BatchLibrary.software()
        let key = try SigningKey(importing: Self.unsound(), limits: Self.deferring)
        let messages = (0..<9).map { Array("message \($0)".utf8) }
        #expect(throws: KeyError.self) {
            try library.sign(messages, with: Array(repeating: key.handle, count: messages.count))
        }
        #expect(!library.isRetired)
    }

    @Test("changes nothing about what a sound key signs")
    func sound() throws {
        let text = try TestKeys.first().jwk().reveal()
        let keys = [try SigningKey(importing: text), try SigningKey(importing: text, limits: Self.deferring)]
        let tokens = try keys.map { try TokenSigner(key: $0).sign(Self.claims()) }
        #expect(tokens[0] == tokens[1])
    }
}
