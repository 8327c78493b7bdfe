import Testing

@testable import StreamSigning

@Suite("Key material")
struct KeyMaterialTests {
    @Test(
        "that is none is refused, and says what it is instead",
        arguments: [
            ("", "empty"), (" \n\t", "empty"), ("hello", "neither PEM"), ("{}", "kty"), ("[]", "object"),
            ("\"x\"", "object"),
            ("{", "strict JSON"), (#"{"kty":"RSA"}"#, "n and e"), (#"{"keys":{}}"#, "array"),
            (#"{"keys":[]}"#, "no key"),
            (#"{"result":null,"success":true}"#, "only the answer to a create"),
            (#"{"result":[{"id":"a"}]}"#, "create"),
            (#"{"result":{"id":"a","created":"2021"}}"#, "create"), (#"{"pem":7}"#, "not a string"),
            (#"{"jwk":"{}"}"#, "kty"), (#"{"pem":""}"#, "empty"), ("LS0tLS1CRUdJTg==", "neither PEM"),
            ("e30=", "kty"), (#"{"kty":"RSA","kty":"RSA"}"#, "two members"),
        ])
    func refused(text: String, reason: String) {
        let error = #expect(throws: KeyError.self) { try VerificationKey(importing: text) }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test("larger than 4 MiB is refused unread, and at 4 MiB is read")
    func size() throws {
        let pem = Array(try Vectors.text("pem-cases/rsa2048-spki-public.pem").utf8)
        let limit = 4 * 1024 * 1024
        let padding = [UInt8](repeating: UInt8(ascii: "\n"), count: limit - pem.count)
        #expect(throws: Never.self) { try VerificationKey(importing: padding + pem) }
        #expect(throws: KeyError.self) { try VerificationKey(importing: padding + pem + [UInt8(ascii: "\n")]) }
    }

    @Test("takes its id from the caller before its own, and its own before a derived one")
    func ids() throws {
        let pem = try TestKeys.first().pem().reveal()
        let jwk = try TestKeys.first().jwk().reveal()
        let id = try KeyID("mine")
        #expect(try SigningKey(importing: jwk, id: id).id == id)
        #expect(try SigningKey(importing: jwk).id == TestKeys.first().id)
        #expect(try !SigningKey(importing: jwk).hasDerivedID)
        #expect(try !SigningKey(importing: pem, id: id).hasDerivedID)
        #expect(try SigningKey(importing: pem).hasDerivedID)
    }

    /// Each level is a third longer than the one inside it, so 4 MiB bound the depth.
    @Test("inside answers inside answers is found or refused, and overflows nothing", arguments: [1, 5, 25])
    func nested(depth: Int) throws {
        var text = try TestKeys.first().streamJWK().reveal()
        for _ in 0..<depth {
            let answer = Array(#"{"jwk":"\#(text)"}"#.utf8)
            text = answer.withUnsafeBytes { Base64.standard.encode($0) }
        }
        let key = try? SigningKey(importing: text)
        #expect(try key == nil || key == TestKeys.first())
    }

    @Test("whose two halves disagree is inconsistent")
    func disagreement() throws {
        let (first, second) = (try TestKeys.first(), try TestKeys.second())
        let keys =
            #"{"id":"\#(first.id)","pem":"\#(try second.streamPEM().reveal())","jwk":"\#(try first.streamJWK().reveal())"}"#
        let ids = #"{"id":"other","jwk":"\#(try first.streamJWK().reveal())"}"#
        for text in [keys, ids] {
            let error = #expect(throws: KeyError.self) { try SigningKey(importing: text) }
            #expect(error?.code == .inconsistent)
        }
    }

    @Test("of several keys is ambiguous where one is wanted")
    func several() throws {
        let (first, second) = (try TestKeys.first(), try TestKeys.second())
        let text = #"{"keys":[\#(try first.jwk().reveal()),\#(try second.jwk().reveal())]}"#
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: text) }
        #expect(error?.code == .ambiguous)
        #expect(try Array(KeySet(importing: text).keys).count == 2)
    }

    @Test("of several keys is refused before a key in it is looked at, where one is wanted")
    func severalUnchecked() {
        let broken = #"{"kty":"RSA","n":"A","e":"A","d":"A"}"#
        let other = #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"}"#
        for (elements, code) in [
            ([broken, broken], KeyError.Code.ambiguous), ([broken], .malformed), ([other, broken], .malformed),
            ([other, other], .unsupported), ([broken, other, broken], .ambiguous),
        ] {
            let text = #"{"keys":[\#(elements.joined(separator: ","))]}"#
            #expect(throws: KeyError(code, "")) { try SigningKey(importing: text) }
            #expect(throws: KeyError(code, "")) { try VerificationKey(importing: text) }
        }
    }

    @Test("with more private keys than the limit is refused", arguments: [(0, 1), (2, 3), (32, 33)])
    func privateKeys(limit: Int, excess: Int) throws {
        let (whole, half) = (try TestKeys.first().jwk().reveal(), try TestKeys.second().verificationKey.jwk())
        let limits = KeyLimits(privateKeysPerSet: limit)
        func set(_ count: Int) -> String {
            #"{"keys":[\#(([String](repeating: whole, count: count) + [half]).joined(separator: ","))]}"#
        }
        #expect(try Array(KeySet(importing: set(limit), limits: limits).keys).count == (limit > 0 ? 2 : 1))
        let error = #expect(throws: KeyError.self) { try KeySet(importing: set(excess), limits: limits) }
        #expect(error?.code == .unsupported && error?.reason.contains("\(excess) private keys") == true)
        #expect(KeyLimits().privateKeysPerSet == 32)
    }

    @Test("of a private key may hold its public half in both encodings, and no more")
    func publicHalves() throws {
        let key = try TestKeys.first()
        let (spki, pkcs1) = (try key.verificationKey.pem(.spki), try key.verificationKey.pem(.pkcs1))
        let pem = try key.pem().reveal()
        #expect(try SigningKey(importing: pem + spki + pkcs1).isSame(as: key))
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: pem + spki + pkcs1 + spki) }
        #expect(error?.code == .ambiguous)
    }

    @Test("is read from any collection of bytes, contiguous or not")
    func collections() throws {
        let bytes = Array(try TestKeys.first().pem().reveal().utf8)
        #expect(try SigningKey(importing: bytes.lazy.map { $0 }).isSame(as: TestKeys.first()))
        #expect(try SigningKey(importing: bytes[...]).isSame(as: TestKeys.first()))
    }

    @Test("without primes gives the same key as with them (NIST SP 800-56B Rev. 2, C.2)")
    func recovery() throws {
        let row = try Vectors.object("rfc7515-a2.json")
        let jwk = try row.required("private_jwk", as: [String: String].self)
        let text = "{" + ["kty", "n", "e", "d"].map { "\"\($0)\":\"\(jwk[$0] ?? "")\"" }.joined(separator: ",") + "}"
        let key = try SigningKey(importing: text, id: TestKeys.second().id)
        #expect(try key.jwk() == TestKeys.second().jwk())
    }
}

extension SigningKey {
    fileprivate func isSame(as other: SigningKey) -> Bool {
        verificationKey.isSameKey(as: other.verificationKey)
    }
}
