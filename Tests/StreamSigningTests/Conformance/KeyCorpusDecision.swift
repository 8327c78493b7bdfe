/// What we do with the rows on which reasonable loaders differ.
enum KeyCorpusDecision: Sendable {
    case accept, refuse

    /// Rows that the corpus wants refused, and that we read: what an operator brings is the owner's own text, and has one
    /// meaning here.
    static let revised: Set = [
        // Shells of Windows write UTF-16 with its byte order mark.
        "rsa2048-pkcs8-private-utf16le.pem",
        // Secret managers and Terraform quote what they hold as a JSON string.
        "not-an-object-string",
        // An empty member says nothing: Microsoft.IdentityModel writes it for "none".
        "public-alg-empty",
    ]

    static let all: [String: KeyCorpusDecision] = [
        // A small exponent is legal (RFC 8017 3.1), and a verifier takes what the key's owner chose.
        "public-e3": .accept,
        "rsa2048-e3-pkcs8-private.pem": .accept,
        // An exponent over 64 bits only makes verifications slow.
        "public-e-2-64-plus-1": .refuse,
        "public-e-2047-bit": .refuse,
        "rsa2048-spki-e-huge.pem": .refuse,
        "public-16392-bit": .refuse,
        // RFC 7518 6.3.2 requires d alone, and the rest follows from it; but half of the rest is a damaged key.
        "private-n-e-d-only": .accept,
        "private-missing-p": .refuse,
        "private-missing-q": .refuse,
        "private-missing-dp": .refuse,
        "private-missing-dq": .refuse,
        "private-missing-qi": .refuse,
        // One key in another form than its label or file name says: all forms are read by their content.
        "private-used-as-public": .accept,
        "rsa2048-private-as-public.pem": .accept,
        "jwks-where-jwk-wanted": .accept,
        "pem-where-jwk-wanted": .accept,
        "base64-of-jwk": .accept,
        "rsa2048-private.jwk.json": .accept,
        "rsa2048-base64-of-pem.txt": .accept,
        "rsa2048-base64-of-jwk.txt": .accept,
        // What key services and Java give. A container or a certificate is more than a key.
        "rsa2048-pkcs8-private.der": .accept,
        "rsa2048-spki-public.der": .accept,
        "rsa2048-pkcs12.p12": .refuse,
        "rsa2048-certificate.pem": .refuse,
        // A private key beside its own public key is one key; two private keys are a question.
        "rsa2048-private-then-public.pem": .accept,
        "rsa2048-public-then-private.pem": .accept,
        "rsa2048-two-private-keys.pem": .refuse,
        // Either label says "private", and the body says the rest.
        "rsa2048-label-pkcs1-body-pkcs8.pem": .accept,
        "rsa2048-label-pkcs8-body-pkcs1.pem": .accept,
        // Line ends and byte order marks do not change what a text means.
        "rsa2048-pkcs8-private-one-line.pem": .accept,
        "rsa2048-pkcs8-private-utf8-bom.pem": .accept,
        "rsa2048-pkcs8-private-cr-only.pem": .accept,
        "rsa2048-pkcs8-private-literal-backslash-n.pem": .accept,
        "bom": .accept,
        // Leading zeros do not change a number. Trailing bits, a negative modulus and bytes behind the DER are damage.
        "public-n-trailing-bits": .refuse,
        "public-e-hex-text": .refuse,
        "public-n-leading-zero": .accept,
        "public-e-leading-zero": .accept,
        "rsa2048-spki-n-negative.pem": .refuse,
        "rsa2048-spki-trailing-der.pem": .refuse,
        // Absent parameters are a common writer's mistake (RFC 3279 2.3.1 wants NULL) and change nothing.
        "rsa2048-spki-alg-no-null.pem": .accept,
        // Hexadecimal digits are base64url too: this is a good key of 3072 bits, though not the one that was meant.
        "public-n-hex": .accept,
        // What a key says of itself binds us, and what it says wrongly cannot be followed (RFC 7517 4).
        "public-kid-number": .refuse,
        "public-key_ops-duplicate": .refuse,
        "public-key_ops-sign-only": .refuse,
        "public-key_ops-empty": .accept,
        "public-use-encrypt": .refuse,
        "public-use-SIG": .refuse,
        "public-use-sig_": .refuse,
        "public-use-empty": .accept,
        "public-duplicate-n-last-other": .refuse,
        // Certificates are not looked at, as with the header of a token.
        "public-x5c-other-key": .accept,
        // No RSA key of two primes.
        "public-n-even": .refuse,
        "rsa2048-spki-n-even.pem": .refuse,
        "private-d-ge-n": .refuse,
        "private-multi-prime-oth": .refuse,
        "private-oth-empty": .accept,
        "private-oth-string": .refuse,
        "private-p-composite": .refuse,
        "rsa2048-multi-prime-pkcs1-private.pem": .refuse,
        "rsa2048-private-crt-zero.pem": .refuse,
    ]
}
