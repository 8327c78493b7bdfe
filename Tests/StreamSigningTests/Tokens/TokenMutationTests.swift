import Testing

@testable import StreamSigning

@Suite("A changed token")
struct TokenMutationTests {
    private let token: [UInt8]
    private let verifier: TokenVerifier
    private let request: PlaybackRequest

    init() throws {
        let key = try TestKeys.first()
        let video = try VideoID(ForgedToken.video)
        let claims = try PlaybackClaims(video: video, expires: ForgedToken.expiry, rules: [.block(.countries(.ru))])
        token = Array(try TokenSigner(key: key).sign(claims).rawValue.utf8)
        verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
        request = PlaybackRequest(video: video, country: .gb)
    }

    private func isAccepted(_ token: [UInt8]) -> Bool {
        (try? verifier.verify(String(decoding: token, as: UTF8.self), for: request, at: ForgedToken.now)) != nil
    }

    @Test("is refused, whichever byte was changed to another of the alphabet, or outside of it")
    func substitution() {
        #expect(isAccepted(token))
        var random = SeededGenerator(seed: 3)
        let letters = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.".utf8)
        for place in token.indices {
            let others = [token[place] ^ 1, letters.randomElement(using: &random) ?? 0, UInt8(ascii: "="), 0x80, 0]
            for byte in others where byte != token[place] {
                var changed = token
                changed[place] = byte
                #expect(!isAccepted(changed), "byte \(place) to \(byte)")
            }
        }
    }

    @Test("is refused with any byte taken out or put in")
    func length() {
        for place in token.indices {
            var shorter = token
            shorter.remove(at: place)
            #expect(!isAccepted(shorter), "without byte \(place)")
            for byte in "A. =\n".utf8 {
                var longer = token
                longer.insert(byte, at: place)
                #expect(!isAccepted(longer), "with \(byte) at \(place)")
            }
        }
        for suffix in ["A", "=", "==", ".", " ", "\n", "\u{0}", "AA", "AAAA"] {
            #expect(!isAccepted(token + Array(suffix.utf8)))
        }
    }

    @Test("is refused if cut off anywhere")
    func truncation() {
        for count in token.indices {
            #expect(!isAccepted(Array(token[..<count])), "\(count) bytes")
        }
    }

    @Test("is refused with a signature of another length, or of zeros and ones")
    func signature() throws {
        let key = try TestKeys.first().verificationKey
        let message = Array("message".utf8)
        for count in [0, 1, 255, 256, 257, 512] {
            for fill: UInt8 in [0x00, 0x01, 0xFF] {
                #expect(!key.isValid([UInt8](repeating: fill, count: count), for: message))
            }
        }
    }
}
