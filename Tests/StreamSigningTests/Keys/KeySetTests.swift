import Foundation
import StreamSigning
import Testing

@Suite("Key sets")
struct KeySetTests {
    private let first: VerificationKey
    private let second: VerificationKey

    init() throws {
        first = try TestKeys.first().verificationKey
        second = try TestKeys.second().verificationKey
    }

    @Test("find a key by its id, unless it is revoked")
    func lookup() throws {
        let keys = try KeySet([first, second], revoked: [second.id])
        #expect(keys[first.id] == first && keys[second.id] == nil)
        #expect(try keys[KeyID("other")] == nil)
    }

    @Test("take one key twice, and no two keys of one id")
    func duplicates() throws {
        #expect(try Array(KeySet([first, first]).keys).count == 1)
        let impostor = try VerificationKey(importing: second.jwk(), id: first.id)
        let error = #expect(throws: KeyError.self) { try KeySet([first, impostor]) }
        #expect(error?.code == .ambiguous)
        let joined = #expect(throws: KeyError.self) { try KeySet([first]).union(KeySet([impostor])) }
        #expect(joined?.code == .ambiguous)
    }

    @Test("joined trust both sets' keys and no revoked one")
    func union() throws {
        let union = try KeySet([first], revoked: [second.id]).union(KeySet([second]))
        #expect(union[first.id] == first && union[second.id] == nil && union.revoked == [second.id])
    }

    @Test("written as JWKS are public, ordered, without revoked keys, and read again")
    func jwks() throws {
        let keys = try KeySet([second, first])
        let text = try keys.jwks()
        #expect(!text.contains("\"d\"") && !text.contains("\"p\""))
        let row = try JSONRow(parsing: Data(text.utf8))
        let ids = try row.rows("keys").map { try $0.required("kid", as: String.self) }
        #expect(ids == ids.sorted() && ids.count == 2)
        let again = try KeySet(importing: text)
        #expect(again[first.id] == first && again[second.id] == second && again.ignored.isEmpty)
        #expect(try KeySet([first], revoked: [first.id]).jwks() == #"{"keys":[]}"#)
        #expect(try Array(KeySet(importing: #"{"keys":[]}"#).keys).isEmpty)
    }

    @Test("are not taken from an answer that refuses", arguments: ["jwk", "pem", "set", "result", "deep"])
    func refusals(_ form: String) throws {
        let (jwk, pem) = (try first.jwk(), try first.pem().replacing("\n", with: "\\n"))
        let content =
            switch form {
            case "jwk": String(jwk.dropFirst().dropLast())
            case "pem": #""pem":"\#(pem)""#
            case "set": #""keys":[\#(jwk)]"#
            default: #""result":{"id":"a","pem":"\#(pem)"}"#
            }
        let wrap = { (isSuccess: Bool) in
            let answer = #"{\#(content),"success":\#(isSuccess),"errors":[]}"#
            return form == "deep" ? #"{"response":\#(answer)}"# : answer
        }
        #expect(throws: Never.self) { try KeySet(importing: wrap(true)) }
        let error = #expect(throws: KeyError.self) { try KeySet(importing: wrap(false)) }
        #expect(error?.reason.contains("refuses") == true)
    }

    @Test("pass over keys of other types and uses, and say so (RFC 7517 5)")
    func ignored() throws {
        let others = #"{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},{"kty":"oct","k":"AA"}"#
        let enc = try first.jwk().replacing("\"sig\"", with: "\"enc\"").replacing(first.id.rawValue, with: "enc")
        let keys = try KeySet(importing: #"{"keys":[\#(others),\#(try first.jwk()),\#(enc)]}"#)
        #expect(Array(keys.keys) == [first])
        #expect(keys.ignored.map(\.code) == [.unsupported, .unsupported, .forbiddenUse])
        let error = #expect(throws: KeyError.self) { try KeySet(importing: #"{"keys":[\#(others)]}"#) }
        #expect(error?.code == .unsupported, "a set of which nothing can be used is a mistake")
    }

    @Test(
        "pass over a key that cannot be used, and say which and why",
        arguments: [
            (#"{"kty":"RSA","n":"AA","e":"AQAB==","kid":"x"}"#, .malformed, "key 2 (x): the JWK's `e`"),
            (#"{"kty":"RSA","n":"AQAB","e":"AQAB"}"#, .unsupported, "key 2: the RSA key has fewer than 2048 bits"),
            (#"{"kty":"RSA","kid":7,"n":"AA","e":"AQAB"}"#, .malformed, "key 2: the JWK's `kid`"),
            (#"7"#, .malformed, "key 2: a JWK is a JSON object"), ("{}", .malformed, "key 2: there is no key"),
            ("null", .malformed, "key 2: "), ("[]", .malformed, "key 2: "),
        ] as [(String, KeyError.Code, String)])
    func damaged(bad: String, code: KeyError.Code, reason: String) throws {
        let keys = try KeySet(importing: #"{"keys":[\#(try first.jwk()),\#(bad),\#(try second.jwk())]}"#)
        #expect(Set(keys.keys.map(\.id)) == [first.id, second.id])
        #expect(keys.ignored.map(\.code) == [code])
        #expect(keys.ignored.first?.reason.hasPrefix(reason) == true, "\(keys.ignored)")
    }

    @Test("of which no key can be used are refused, and each key is named")
    func unusable() throws {
        let bad = #"{"kty":"EC","kid":"a"},{"kty":"RSA","n":"AQAB","e":"AQAB"},{"kty":"oct","k":"AA"}"#
        let error = #expect(throws: KeyError.self) { try KeySet(importing: #"{"keys":[\#(bad)]}"#) }
        #expect(error?.code == .unsupported)
        for part in [
            "none of the 3 keys", "key 1 (a): not an RSA key", "key 2: the RSA key has fewer", "key 3: not an RSA",
        ] {
            #expect(error?.reason.contains(part) == true, "\(error?.reason ?? "")")
        }
    }

    @Test("with two different keys under one id stay an error")
    func clash() throws {
        let impostor = try VerificationKey(importing: second.jwk(), id: first.id)
        let text = #"{"keys":[\#(try first.jwk()),\#(try impostor.jwk())]}"#
        let error = #expect(throws: KeyError.self) { try KeySet(importing: text) }
        #expect(error?.code == .ambiguous)
        let chosen = #expect(throws: KeyError.self) { try VerificationKey(importing: text, id: first.id) }
        #expect(chosen?.code == .ambiguous)
    }

    @Test("read a single key in any form, under the id given for one that has none")
    func single() throws {
        let id = try KeyID("default")
        #expect(try KeySet(importing: first.pem(), defaultID: id)[id]?.isSameKey(as: first) == true)
        #expect(try KeySet(importing: first.jwk(), defaultID: id)[first.id] == first)
        #expect(
            try KeySet(importing: TestKeys.first().jwk().reveal())[first.id] == first,
            "the public half of a private key")
        #expect(throws: KeyError.self) { try KeySet(importing: "") }
    }

    @Test("with the private half of a key in them verify and show nothing of it")
    func privateJWKS() throws {
        let keys = try KeySet(importing: #"{"keys":[\#(try TestKeys.first().jwk().reveal())]}"#)
        #expect(keys[first.id] == first)
        #expect(try !keys.jwks().contains("\"d\""))
    }
}
