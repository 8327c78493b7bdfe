import Foundation
import Testing

@testable import StreamSigning

/// Whatever a person prints, logs or inspects by mistake must not show a private number or a whole token.
@Suite("Secrets")
struct SecrecyTests {
    /// Everything that printing, dumping and reflecting can show of a value, three levels down.
    private static func shown(_ value: Any) -> String {
        var text = "\(value) \(String(describing: value)) \(String(reflecting: value)) "
        dump(value, to: &text)
        func walk(_ value: Any, _ depth: Int) {
            for child in Mirror(reflecting: value).children {
                text += " \(child.label ?? "") \(child.value) \(String(reflecting: child.value))"
                if depth > 0 { walk(child.value, depth - 1) }
            }
        }
        walk(value, 3)
        return text
    }

    /// Ten characters from the middle of each private number, as each encoding writes them.
    private static func fragments(of key: SigningKey) throws -> [String] {
        var texts = try [
            key.pem().reveal(), key.pem(.pkcs8).reveal(), key.streamPEM().reveal(), key.streamJWK().reveal(),
        ]
        let jwk = try JSONRow(parsing: Data(key.jwk().reveal().utf8))
        for name in ["d", "p", "q", "dp", "dq", "qi"] {
            let number: String = try jwk.required(name)
            texts.append(number)
            texts.append(Hex.encode(try #require(DecodedText(base64URL: number)).bytes))
        }
        return texts.flatMap { text in
            stride(from: text.count / 2, to: text.count - 12, by: 40).map { String(text.dropFirst($0).prefix(10)) }
        }
    }

    @Test("no description, dump or mirror shows a private number")
    func keys() throws {
        let key = try TestKeys.first()
        let fragments = try Self.fragments(of: key)
        #expect(fragments.count > 50)
        let signer = TokenSigner(key: key)
        let values: [Any] = [
            key, try key.pem(), try key.jwk(), try key.streamPEM(), try key.streamJWK(), try key.streamJSON(created: 0),
            signer,
            [key], ["key": key], Optional.some(key) as Any, key.handle, key.verificationKey,
            try KeySet([key.verificationKey]),
        ]
        for value in values {
            let shown = Self.shown(value)
            for fragment in fragments {
                #expect(!shown.contains(fragment))
            }
        }
        #expect(Self.shown(key).contains(key.id.rawValue), "the id is no secret")
    }

    @Test("none shows a whole token, nor its signature")
    func tokens() throws {
        let key = try TestKeys.first()
        let text = try ForgedToken(key: key).signed(by: key)
        let token = PlaybackToken(rawValue: text)
        let origin = try PlaybackOrigin(customerCode: "a1")
        let values: [Any] = [
            token, [token], Optional.some(token) as Any, PlaybackURL(.hls, token: token, from: origin),
        ]
        for value in values {
            let shown = Self.shown(value)
            #expect(
                !shown.contains(text) && !shown.contains(text.suffix(20))
                    && !shown.contains(text.dropFirst(100).prefix(20)))
        }
    }

    @Test("what says why a private key is bad holds none of its bytes")
    func errors() throws {
        for row in try KeyCorpusRow.pems() + KeyCorpusRow.jwks() {
            guard case .failure(let error) = Result(catching: { () throws(KeyError) in try row.load() }) else {
                continue
            }
            let shown = Self.shown(error)
            let text = String(decoding: row.text, as: UTF8.self)
            let words = text.split { !$0.isLetter && !$0.isNumber && $0 != "+" && $0 != "/" && $0 != "-" && $0 != "_" }
            for word in words where word.utf8.count >= 20 {
                #expect(!shown.contains(word.prefix(16)), "\(row.name)")
            }
            #expect(error.reason.utf8.count < 200 && !error.reason.contains("\n"), "\(row.name)")
        }
    }

    @Test("equal bytes are equal, and only they")
    func equality() {
        let secret = SecretBytes(copying: [1, 2, 3])
        #expect(secret == SecretBytes(copying: [1, 2, 3]) && secret != SecretBytes(copying: [1, 2, 4]))
        #expect(secret != SecretBytes(copying: [1, 2]) && SecretBytes(copying: []) == SecretBytes(copying: []))
        #expect(
            SecretBytes(joining: [secret, SecretBytes(copying: []), secret])
                == SecretBytes(copying: [1, 2, 3, 1, 2, 3]))
        #expect(secret.description == "SecretBytes(3 bytes)" && secret.count == 3)
    }
}
