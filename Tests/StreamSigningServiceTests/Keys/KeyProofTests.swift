import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningWire

@Suite("A proof that a key's private half is there")
struct KeyProofTests {
    private let key: SigningKey
    private let now = Sample.time

    init() throws {
        key = try SigningKey.testKey
    }

    private func refusal(
        of proof: KeyProof, _ key: VerificationKey? = nil, for account: String = "acme", after age: Duration = .zero
    ) -> String? {
        do throws(WireProblem) {
            try proof.check(key ?? self.key.verificationKey, for: account, at: now + age)
            return nil
        } catch {
            return error.reason
        }
    }

    /// A JWS of the key over any texts.
    private func sign(
        _ payload: String, header: String = #"{"alg":"RS256","typ":"key-proof+jwt"}"#, by key: SigningKey? = nil
    ) throws -> KeyProof {
        let text = "\(Base64.url.encode(Array(header.utf8))).\(Base64.url.encode(Array(payload.utf8)))"
        let signature = try (key ?? self.key).signature(over: text)
        return KeyProof(rawValue: "\(text).\(Base64.url.encode(signature))")
    }

    @Test("is good for five minutes, in both directions", arguments: [-301, -300, 0, 300, 301])
    func time(seconds: Int) throws {
        let proof = try KeyProof(signing: key, for: "acme", at: now)
        #expect((refusal(of: proof, after: .seconds(seconds)) == nil) == (abs(seconds) <= 300))
        #expect(proof.rawValue.utf8.count <= KeyProof.maximumCount)
    }

    @Test("is good for one key, one id and one account")
    func binding() throws {
        let proof = try KeyProof(signing: key, for: "acme", at: now)
        #expect(refusal(of: proof, for: "other")?.contains("`aud`") == true)
        let renamed = try VerificationKey(importing: key.verificationKey.pem(), id: KeyID("other"))
        #expect(refusal(of: proof, renamed)?.contains("`sub`") == true)
        let other = try SigningKey.otherTestKey
        let sameName = try VerificationKey(importing: other.verificationKey.pem(), id: key.id)
        #expect(refusal(of: proof, sameName)?.contains("not signed") == true)
    }

    @Test("is also good as another library makes it")
    func otherForms() throws {
        let (id, time) = (key.id.rawValue, now.seconds)
        let proof = try sign(
            #"{ "iat": "\#(time)", "aud": "acme", "exp": 1, "sub": "\#(id)" }"#,
            header: #"{"typ":"key-proof+jwt","kid":"x","alg":"RS256"}"#)
        #expect(refusal(of: proof) == nil)
        #expect(try refusal(of: sign(#"{"sub":"\#(id)","aud":"acme","iat":\#(time).5}"#)) == nil)
    }

    @Test("is not a token, which every viewer has")
    func token() throws {
        let claims = try PlaybackClaims(video: VideoID("video"), expires: now + .seconds(60))
        let token = try TokenSigner(key: key).sign(claims)
        #expect(refusal(of: KeyProof(rawValue: token.rawValue)) != nil)
    }

    @Test(
        "has the header that says what it is",
        arguments: [
            #"{"alg":"RS256"}"#, #"{"alg":"RS256","typ":"JWT"}"#, #"{"alg":"none","typ":"key-proof+jwt"}"#,
            #"{"alg":"PS256","typ":"key-proof+jwt"}"#, #"{"typ":"key-proof+jwt"}"#, "[]", "",
            #"{"alg":"RS256","typ":"key-proof+jwt","crit":["x"],"x":1}"#,
            #"{"alg":"RS256","alg":"RS256","typ":"key-proof+jwt"}"#,
        ])
    func headers(header: String) throws {
        let payload = #"{"sub":"\#(key.id)","aud":"acme","iat":\#(now.seconds)}"#
        #expect(try refusal(of: sign(payload)) == nil)
        #expect(try refusal(of: sign(payload, header: header)) != nil)
    }

    @Test(
        "has all its claims, of the right types",
        arguments: [
            #"{"aud":"acme","iat":T}"#, #"{"sub":"ID","iat":T}"#, #"{"sub":"ID","aud":"acme"}"#,
            #"{"sub":"ID","aud":["acme"],"iat":T}"#, #"{"sub":7,"aud":"acme","iat":T}"#,
            #"{"sub":"","aud":"acme","iat":T}"#, #"{"sub":"ID","aud":"acme","iat":null}"#,
            #"{"sub":"ID","aud":"acme","iat":T000}"#, #"{"sub":"ID","aud":"acme","iat":T,"iat":T}"#, "7",
        ])
    func claims(payload: String) throws {
        let text = payload.replacing("ID", with: key.id.rawValue).replacing("T", with: "\(now.seconds)")
        #expect(try refusal(of: sign(text)) != nil)
    }

    @Test("is a compact JWS", arguments: ["", ".", "..", "a.b.c.d", "e30.e30.=", String(repeating: "a", count: 5_000)])
    func malformed(text: String) {
        #expect(refusal(of: KeyProof(rawValue: text)) != nil)
    }
}
