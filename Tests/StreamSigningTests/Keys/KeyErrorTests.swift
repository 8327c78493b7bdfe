import Foundation
import StreamSigning
import Testing

@Suite("Key errors")
struct KeyErrorTests {
    @Test(
        "have the code of the problem, and say what it is",
        arguments: [
            ("rsa2048-pkcs8-encrypted-aes256.pem", KeyError.Code.encrypted, "decrypt it with"),
            ("rsa2048-pkcs1-legacy-encrypted-aes256.pem", .encrypted, "decrypt it with"),
            ("rsa2048-private-p-q-not-n.pem", .inconsistent, "p * q is not n"),
            ("rsa2048-private-d-wrong.pem", .inconsistent, "does not fit"),
            ("rsa2048-private-dp-wrong.pem", .inconsistent, "does not fit"),
            ("rsa2048-private-qi-wrong.pem", .inconsistent, "qi is not the inverse"),
            ("rsa2048-multi-prime-pkcs1-private.pem", .unsupported, "more than two primes"),
            ("rsa1024-spki-public.pem", .unsupported, "fewer than 2048 bits"),
            ("rsa2047-pkcs8-private.pem", .unsupported, "fewer than 2048 bits"),
            ("ec-p256-pkcs8-private.pem", .unsupported, "not an RSA key"),
            ("ec-p256-sec1-private.pem", .unsupported, "elliptic-curve"),
            ("rsa2048-pss-oid-spki-public.pem", .unsupported, "RSASSA-PSS"),
            ("rsa2048-openssh-private.pem", .unsupported, "ssh-keygen"),
            ("rsa2048-certificate.pem", .unsupported, "openssl x509"),
            ("rsa2048-csr.pem", .unsupported, "certificate request"),
            ("rsa2048-spki-e-even.pem", .malformed, "exponent e must be odd"),
            ("rsa2048-two-private-keys.pem", .ambiguous, "2 different keys"),
            ("rsa2048-pkcs8-private-nul-inside.pem", .malformed, "NUL"),
            ("rsa2048-pkcs12.p12", .unsupported, "openssl pkcs12"), ("empty.pem", .malformed, "empty"),
        ])
    func code(file: String, code: KeyError.Code, text: String) throws {
        let data = try Vectors.data("pem-cases/\(file)")
        let error = #expect(throws: KeyError.self) { try VerificationKey(importing: data) }
        #expect(error?.code == code)
        #expect(error?.reason.contains(text) == true, "\(error?.reason ?? "")")
    }

    @Test("say that a public key cannot sign")
    func notPrivate() throws {
        let data = try Vectors.data("pem-cases/rsa2048-spki-public.pem")
        let error = #expect(throws: KeyError.self) { try SigningKey(importing: data) }
        #expect(error?.code == .notPrivate)
    }

    @Test("are equal by code alone")
    func equality() {
        let left = #expect(throws: KeyError.self) { try KeyID("") }
        let right = #expect(throws: KeyError.self) { try KeyID("a\nb") }
        #expect(left == right && left?.reason != right?.reason)
    }
}
