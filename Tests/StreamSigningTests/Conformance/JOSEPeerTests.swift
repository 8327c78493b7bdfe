import Testing

@testable import StreamSigning

@Suite("Second opinions of PyJWT and joserfc")
struct JOSEPeerTests {
    @Test("they read from our tokens what we wrote")
    func ourTokens() throws {
        let key = try TestKeys.first()
        var random = RandomClaims(seed: 42)
        let tokens = try (0..<40).map { _ in try TokenSigner(key: key).sign(random.claims()).rawValue }
        let expected = try tokens.map {
            try JOSEPeer.sorted(UnverifiedToken(readingWithoutVerification: $0).unverifiedPayload)
        }
        for (peer, claims) in try JOSEPeer.verify(tokens, with: key.verificationKey) {
            for (claim, text) in zip(claims, expected) {
                // Fractions of nineteen digits are no `Double`, which is what they and Foundation read.
                if !text.contains(/\.\d{3}/) { #expect(claim == text, "\(peer)") }
                #expect(claim != nil, "\(peer)")
            }
        }
    }

    @Test("they refuse our tokens with a byte changed, and so do we")
    func changedTokens() throws {
        let key = try TestKeys.first()
        let verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
        let token = Array(try ForgedToken(key: key).signed(by: key).utf8)
        let changed = stride(from: 0, to: token.count, by: 7).map { place in
            var bytes = token
            bytes[place] = bytes[place] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            return String(decoding: bytes, as: UTF8.self)
        }
        for (peer, claims) in try JOSEPeer.verify(changed, with: key.verificationKey) {
            #expect(claims.allSatisfy { $0 == nil }, "\(peer)")
        }
        #expect(changed.allSatisfy { (try? verifier.authenticate($0)) == nil })
    }

    @Test("we accept what they sign, in the forms people's tokens have, and refuse what they sign with another key")
    func theirTokens() throws {
        let key = try TestKeys.first()
        let video = ForgedToken.video
        let kid = #""kid":"\#(key.id)""#
        let wanted = [
            (header: "{\(kid)}", claims: #"{"sub":"\#(video)",\#(kid),"exp":1760003600}"#),
            (header: #"{\#(kid),"typ":"JWT"}"#, claims: #"{"sub":"\#(video)","exp":1760003600}"#),
            // The official Node sample: no `kid` in the header.
            (header: "{}", claims: #"{\#(kid),"sub":"\#(video)","iat":1760000000,"exp":1760003600}"#),
            // Cloudflare's own tokens: times as strings.
            (header: "{\(kid)}", claims: #"{"sub":"\#(video)",\#(kid),"exp":"1760003600","nbf":"1759996400"}"#),
            (
                header: "{\(kid)}",
                claims:
                    #"{"sub":"\#(video)","exp":1760003600,"downloadable":true,"accessRules":[{"type":"any","action":"allow"}]}"#
            ),
        ]
        var verdicts = try Verdicts.standard()
        for (peer, tokens) in try JOSEPeer.sign(wanted, with: key) {
            #expect(tokens.count == wanted.count)
            for token in tokens { #expect(verdicts.code(of: token) == nil, "\(peer): \(token)") }
        }
        let impostor = try VerificationKey(importing: TestKeys.second().verificationKey.jwk(), id: key.id)
        verdicts.verifier = TokenVerifier(keys: try KeySet([impostor]))
        for (peer, tokens) in try JOSEPeer.sign(wanted, with: key) {
            for token in tokens { #expect(verdicts.code(of: token) == .signatureInvalid, "\(peer)") }
        }
    }

    @Test("joserfc computes the same thumbprints")
    func thumbprints() throws {
        for key in [try TestKeys.first(), try TestKeys.second()] {
            #expect(try JOSEPeer.thumbprint(key.verificationKey) == key.verificationKey.thumbprint())
        }
    }
}
