import StreamSigning
import StreamSigningTesting
import Testing

@Suite("Test keys")
struct TestKeysTests {
    @Test("are of 2048 bits, under ids that are recognised")
    func form() throws {
        for key in [try SigningKey.testKey, try .otherTestKey] {
            #expect(key.bits == 2048)
            #expect(key.id.rawValue.hasPrefix("7e57") && key.id.rawValue.utf8.count == 32)
            #expect(!key.hasDerivedID)
        }
    }

    @Test("are two")
    func difference() throws {
        let (first, second) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        #expect(!first.verificationKey.isSameKey(as: second.verificationKey))
        #expect(first.id != second.id)
    }

    @Test("sign the same token in every run, as openssl does with the same key")
    func repeatable() throws {
        let payload = #"{"sub":"ea95132c15732412d22c1476fa83f27a","exp":1760000300}"#
        let signature = try PlaybackToken.signed(payloadJSON: payload).rawValue.split(separator: ".").last
        #expect(signature?.prefix(16) == "iZ9GhpfKWzovZxPx")
    }

    @Test("are trusted one at a time: the other is a stranger")
    func trust() throws {
        #expect(try KeySet.testKeys.keys.map(\.id) == [SigningKey.testKey.id])
        let token = try TokenSigner(key: .otherTestKey).sign(Fixture.claims)
        let video = try Fixture.video
        #expect(token.playback(of: video, at: Fixture.now) == .refused(.keyUnknown))
    }
}
