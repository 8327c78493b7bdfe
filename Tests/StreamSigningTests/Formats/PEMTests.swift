import Testing

@testable import StreamSigning

@Suite("PEM")
struct PEMTests {
    /// Files that OpenSSL or pyca wrote in the one canonical form.
    private static let canonical = [
        "rsa2048-pkcs1-private.pem", "rsa2048-pkcs8-private.pem", "rsa3072-pkcs1-private.pem",
        "rsa3072-pkcs8-private.pem",
        "rsa4096-pkcs1-private.pem", "rsa4096-pkcs8-private.pem", "rsa2048-e3-pkcs8-private.pem",
    ]

    @Test("what is read in canonical form is written back byte for byte, if private", arguments: canonical)
    func privateRoundTrip(file: String) throws {
        let text = try Vectors.text("pem-cases/\(file)")
        let key = try SigningKey(importing: text)
        #expect(try key.pem(file.contains("pkcs1") ? .pkcs1 : .pkcs8).reveal() == text)
    }

    @Test(
        "and if public",
        arguments: [
            "rsa2048-spki-public.pem", "rsa3072-spki-public.pem", "rsa4096-spki-public.pem", "rsa2048-pkcs1-public.pem",
        ])
    func publicRoundTrip(file: String) throws {
        let text = try Vectors.text("pem-cases/\(file)")
        let key = try VerificationKey(importing: text)
        #expect(try key.pem(file.contains("pkcs1") ? .pkcs1 : .spki) == text)
    }

    /// One byte changed: what is still read must be the same key. White space and line ends may differ, a number may not.
    @Test(
        "a changed byte never gives another key", arguments: ["rsa2048-spki-public.pem", "rsa2048-pkcs1-private.pem"])
    func mutations(file: String) throws {
        let text = Array(try Vectors.text("pem-cases/\(file)").utf8)
        let key = try VerificationKey(importing: text)
        var random = SeededGenerator(seed: 11)
        for place in stride(from: 0, to: text.count, by: 3) {
            var mutated = text
            mutated[place] = random.once(in: 2) ? UInt8.random(in: 0x20...0x7E, using: &random) : text[place] ^ 1
            guard mutated != text, let other = try? VerificationKey(importing: mutated) else { continue }
            let isPrivate = file.contains("private")
            #expect(!isPrivate || other.isSameKey(as: key), "byte \(place)")
            if !isPrivate, !other.isSameKey(as: key) {
                // Another public key is possible: nothing ties its numbers together. It must then be written as it was read.
                #expect(Array(try other.pem(.spki).utf8) == mutated, "byte \(place)")
            }
        }
    }

    @Test("a text cut off anywhere before its last line end is refused")
    func truncation() throws {
        let text = Array(try Vectors.text("pem-cases/rsa2048-spki-public.pem").utf8)
        for count in 0..<text.count - 1 {
            #expect(throws: KeyError.self, "\(count) bytes") { try VerificationKey(importing: text[..<count]) }
        }
        #expect(throws: Never.self) { try VerificationKey(importing: text[..<(text.count - 1)]) }
    }

    @Test("an empty block is damaged, also before a good one", arguments: ["PUBLIC KEY", "RSA PRIVATE KEY"])
    func emptyBlock(label: String) throws {
        let empty = "-----BEGIN \(label)-----\n-----END \(label)-----\n"
        let good = try Vectors.text("pem-cases/rsa2048-spki-public.pem")
        for text in [empty, empty + good, good + empty] {
            #expect(throws: KeyError.self) { try VerificationKey(importing: text) }
        }
    }

    @Test("a private key beside another key's public half is refused")
    func strangers() throws {
        let mine = try Vectors.text("pem-cases/rsa2048-pkcs8-private.pem")
        let others = try Vectors.text("pem-cases/rsa3072-spki-public.pem")
        for text in [mine + others, others + mine] {
            let error = #expect(throws: KeyError.self) { try SigningKey(importing: text) }
            #expect(error?.code == .ambiguous)
        }
    }

    @Test("a key beside certificates is the key, whichever comes first")
    func certificate() throws {
        let key = try Vectors.text("pem-cases/rsa2048-pkcs8-private.pem")
        let certificate = try Vectors.text("pem-cases/rsa2048-certificate.pem")
        for text in [key + certificate, certificate + key, certificate + key + certificate] {
            #expect(try SigningKey(importing: text).pem(.pkcs8).reveal() == key)
        }
    }

    @Test("the same private key twice is one key, and five forms of it are too many to compare")
    func repeated() throws {
        let (pkcs1, pkcs8) = (try TestKeys.first().pem(.pkcs1).reveal(), try TestKeys.first().pem(.pkcs8).reveal())
        #expect(throws: Never.self) { try SigningKey(importing: pkcs8 + pkcs1) }
        #expect(throws: Never.self) { try SigningKey(importing: String(repeating: pkcs1, count: 5)) }
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: String(repeating: pkcs1, count: 6)) }
        #expect(error?.code == .ambiguous)
    }

    @Test(
        "what is wrong with it is said, and nothing that is not there is blamed",
        arguments: [
            ("-----BEGIN PUBLIC KEY-----\nAAAA\n", "END line is missing"),
            ("-----BEGIN PUBLIC KEY-----\n-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "two BEGIN lines"),
            (
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PRIVATE KEY-----",
                "begins as PUBLIC KEY and ends as PRIVATE KEY"
            ),
            ("-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY----", "five dashes"),
            ("-----BEGIN PUBLIC KEY\nAAAA\n-----END PUBLIC KEY-----", "END line is missing"),
            ("-----BEGIN PUBLIC KEY-----\n-----END PUBLIC KEY-----", "nothing between"),
            ("-----BEGIN PUBLIC KEY-----\nAAA\n-----END PUBLIC KEY-----", "characters of its body are missing"),
            ("-----BEGIN PUBLIC KEY-----\nA-_A\n-----END PUBLIC KEY-----", "base64url"),
            (
                "C:\\keys -----BEGIN PUBLIC KEY-----\nAA*A\n-----END PUBLIC KEY-----",
                "character that base64 does not have"
            ),
            ("-----BEGIN PUBLIC KEY-----\nA: b\nAAAA\n-----END PUBLIC KEY-----", "headers"),
            ("-----BEGIN SECRET-----\nAAAA\n-----END SECRET-----", "SECRET"),
        ])
    func damage(text: String, reason: String) {
        let error = #expect(throws: KeyError.self) { try VerificationKey(importing: text) }
        #expect(error?.reason.contains(reason) == true, "\(error?.reason ?? "")")
    }

    @Test("a private label around a public key is refused, and the other way round")
    func swapped() throws {
        let spki = try Vectors.text("pem-cases/rsa2048-spki-public.pem")
        let pkcs8 = try Vectors.text("pem-cases/rsa2048-pkcs8-private.pem")
        for text in [spki.replacing("PUBLIC", with: "PRIVATE"), pkcs8.replacing("PRIVATE", with: "PUBLIC")] {
            #expect(throws: KeyError.self) { try VerificationKey(importing: text) }
        }
    }
}
