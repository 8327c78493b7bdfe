import Testing

@testable import StreamSigning

@Suite("Key material")
struct KeyMaterialTests {
    @Test(
        "that is none is refused, and says what it is instead",
        arguments: [
            ("", "empty"), (" \n\t", "empty"), ("\u{FEFF}", "empty"), ("\"\"", "empty"), ("''", "empty"),
            ("hello", "neither PEM"),
            ("\"x\"", "neither PEM"), ("\"hello", "neither PEM"), ("{}", "`kty`"), ("[]", "{\"keys\":[…]}"),
            ("{", "strict JSON"),
            (#"{"kty":"RSA"}"#, "n and e"), (#"{"kty":"RSA","n":null,"e":""}"#, "not a string"),
            (#"{"keys":{}}"#, "array"),
            (#"{"keys":[]}"#, "holds no key"), (#"{"keys":[7]}"#, "JSON object"),
            (#"{"result":null,"success":true}"#, "only the answer to a create"),
            (#"{"result":[{"id":"a"}]}"#, "create"),
            (#"{"result":{"id":"a","created":"2021"}}"#, "create"), (#"{"pem":7}"#, "not a string"),
            (#"{"jwk":"{}"}"#, "`kty`"), (#"{"jwk":{}}"#, "`kty`"), (#"{"pem":""}"#, "create"),
            (#"{"pem":null}"#, "create"),
            ("LS0tLS1CRUdJTg==", "five dashes"), ("e30=", "`kty`"), ("e30", "`kty`"),
            (#"{"kty":"RSA","kty":"RSA"}"#, "two members"),
            (#"{"payload":"e30","signatures":[]}"#, "JWS in JSON serialization"),
            ("---- BEGIN PRIVATE KEY ----", "five dashes"),
            ("0\u{82}", "neither PEM"), ("a+/-_b", "neither PEM"),
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

    @Test("of several keys is ambiguous where one is wanted, unless an id says which")
    func several() throws {
        let (first, second) = (try TestKeys.first(), try TestKeys.second())
        let text = #"{"keys":[\#(try first.jwk().reveal()),\#(try second.jwk().reveal())]}"#
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: text) }
        #expect(error?.code == .ambiguous)
        #expect(error?.reason.contains("(\(first.id), \(second.id))") == true, "\(error?.reason ?? "")")
        #expect(try Array(KeySet(importing: text).keys).count == 2)
        #expect(try SigningKey(importing: text, id: second.id) == second)
        #expect(try VerificationKey(importing: text, id: first.id) == first.verificationKey)
        let other = #expect(throws: KeyError.self) { try SigningKey(importing: text, id: KeyID("other")) }
        #expect(other?.code == .ambiguous)
    }

    @Test("of several keys, of which the one of that id cannot be used, says why, and gives its name to no other")
    func unusableChoice() throws {
        let first = try TestKeys.first()
        let text = #"{"keys":[{"kty":"EC","kid":"a"},\#(try first.jwk().reveal())]}"#
        #expect(try SigningKey(importing: text) == first)
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: text, id: KeyID("a")) }
        #expect(error?.code == .unsupported)
        #expect(error?.reason.hasPrefix("key 1 (a): ") == true, "\(error?.reason ?? "")")
    }

    @Test("inside long names with many members is not found, and at once", .timeLimit(.minutes(10)))
    func longNames() throws {
        let members = (0..<100_000).map { #""m\#($0)":0"# }.joined(separator: ",")
        let name = String(repeating: "n", count: 1 << 20)
        let text = #"{"\#(name)":{"\#(name)":{\#(members)}}}"#
        let error = #expect(throws: KeyError.self) { try VerificationKey(importing: text) }
        #expect(error?.reason.contains("no key in this JSON") == true)
    }

    @Test(
        "in the JSON of another service is in 256 members at most", arguments: [(1, true), (256, true), (257, false)])
    func members(count: Int, isRead: Bool) throws {
        let pem = try TestKeys.first().verificationKey.pem().replacing("\n", with: "\\n")
        let items = (0..<count).map { #"{"id":"k\#($0)","public_key":"\#(pem)"}"# }.joined(separator: ",")
        let set = try? KeySet(importing: #"{"data":[\#(items)]}"#)
        #expect(set?.keys.count == (isRead ? count : nil))
    }

    @Test("of several keys gives an id to the one that has none")
    func nameless() throws {
        let (first, second) = (try TestKeys.first(), try TestKeys.second())
        let nameless = try first.jwk().reveal().replacing(#""kid":"\#(first.id)","#, with: "")
        let text = #"{"keys":[\#(nameless),\#(try second.jwk().reveal())]}"#
        #expect(try SigningKey(importing: text, id: first.id) == first)
        #expect(try SigningKey(importing: text, id: second.id) == second)
    }

    @Test("of one key takes the id that is given, in a set too")
    func renamed() throws {
        let text = #"{"keys":[\#(try TestKeys.first().jwk().reveal())]}"#
        #expect(try SigningKey(importing: text, id: KeyID("other")).id.rawValue == "other")
    }

    @Test("is wrapped at most eight times", arguments: [(7, true), (8, false)])
    func layers(count: Int, isRead: Bool) throws {
        var text = try TestKeys.first().pem().reveal()
        for _ in 0..<count {
            text = Array(text.utf8).withUnsafeBytes { Base64.standard.encode($0) }
        }
        #expect(((try? SigningKey(importing: text)) != nil) == isRead)
    }

    /// As many backslashes, quotes, dashes and line ends as fit: each step is over in a time that grows with the length alone.
    @Test(
        "of nothing but wrappings is refused at once", .timeLimit(.minutes(10)),
        arguments: [
            "\\", "\"", "'", "-", "-----BEGIN", "\n", "=", "A", "{\"a\":", "[", "0\u{82}", "\\u0", "-----BEGIN A-----",
        ])
    func hostile(part: String) {
        let text = [UInt8]((0..<(1 << 20) / part.utf8.count).map { _ in part }.joined().utf8)
        #expect(throws: KeyError.self) { try VerificationKey(importing: text) }
    }

    @Test("of several keys is refused before a key in it is looked at, where one is wanted")
    func severalUnchecked() {
        let n = String(repeating: "_", count: 341) + "w"
        // Neither is a key, and finding the primes would take long.
        let keys = ["a", "b"].map { #"{"kty":"RSA","kid":"\#($0)","n":"\#(n)","e":"AQAB","d":"\#(n)"}"# }
        for others in ["", #"{"kty":"EC"},"#] {
            let text = #"{"keys":[\#(others)\#(keys.joined(separator: ","))]}"#
            #expect(throws: KeyError(.ambiguous, "")) { try SigningKey(importing: text) }
            #expect(throws: KeyError(.ambiguous, "")) { try VerificationKey(importing: text) }
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

    @Test("of a private key may hold four more forms of it, and no more")
    func publicHalves() throws {
        let key = try TestKeys.first()
        let (spki, pkcs1) = (try key.verificationKey.pem(.spki), try key.verificationKey.pem(.pkcs1))
        let pem = try key.pem().reveal()
        let four = spki + pkcs1 + spki + pkcs1
        #expect(try SigningKey(importing: pem + four).isSame(as: key))
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: pem + four + spki) }
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
