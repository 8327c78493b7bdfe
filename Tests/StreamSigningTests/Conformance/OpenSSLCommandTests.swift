import Foundation
import Testing

@testable import StreamSigning

@Suite("Second opinions of the openssl command")
struct OpenSSLCommandTests {
    private static func keys() throws -> [SigningKey] {
        try [TestKeys.first(), TestKeys.second(), SigningKey.generate(), SigningKey.generate(bits: 3_072)]
    }

    private func convert(_ arguments: [String], _ text: String) throws -> String {
        String(decoding: try Subprocess.run("openssl", arguments, input: Data(text.utf8)).output, as: UTF8.self)
    }

    @Test("it writes our PEM texts byte for byte")
    func encodings() throws {
        for key in try Self.keys() {
            let (pkcs1, pkcs8) = (try key.pem(.pkcs1).reveal(), try key.pem(.pkcs8).reveal())
            let spki = try key.verificationKey.pem(.spki)
            #expect(try convert(["rsa", "-traditional"], pkcs8) == pkcs1)
            #expect(try convert(["pkey"], pkcs1) == pkcs8)
            #expect(try convert(["pkey", "-pubout"], pkcs1) == spki)
            #expect(try convert(["rsa", "-RSAPublicKey_out"], pkcs1) == key.verificationKey.pem(.pkcs1))
            #expect(try convert(["rsa", "-pubin"], spki) == spki)
        }
    }

    @Test("it finds nothing wrong with the keys we generate")
    func check() throws {
        for key in try Self.keys() {
            #expect(try convert(["rsa", "-check", "-noout"], key.pem().reveal()).contains("RSA key ok"))
        }
    }

    @Test("it verifies our signatures and not those of another text, and we verify its")
    func signatures() throws {
        for key in try Self.keys() {
            let token = try ForgedToken(key: key).signed(by: key)
            let parts = token.split(separator: ".").map(String.init)
            let message = Data("\(parts[0]).\(parts[1])".utf8)
            let signature = Data(try #require(DecodedText(base64URL: parts[2])).bytes)
            #expect(try verifies(signature, message, key))
            #expect(try !verifies(signature, message + Data([0]), key))
            let its = try Subprocess.withFile(Data(key.pem().reveal().utf8)) {
                try Subprocess.run("openssl", ["dgst", "-sha256", "-sign", $0], input: message).output
            }
            #expect(its == signature, "PKCS#1 v1.5 has one signature of a text")
        }
    }

    private func verifies(_ signature: Data, _ message: Data, _ key: SigningKey) throws -> Bool {
        try Subprocess.withFile(Data(key.verificationKey.pem().utf8)) { keyFile in
            try Subprocess.withFile(signature) { signatureFile in
                let arguments = ["dgst", "-sha256", "-verify", keyFile, "-signature", signatureFile]
                return try Subprocess.run("openssl", arguments, input: message, allowing: [0, 1]).status == 0
            }
        }
    }
}
