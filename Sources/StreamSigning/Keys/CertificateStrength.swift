internal import COpenSSLShim

/// How strong the key of an X.509 certificate is, and the signature on it.
package struct CertificateStrength: Sendable, Equatable {
    /// What NIST SP 800-57 part 1 has asked for since 2014, and what RSA with 2,048 bits and SHA-224 have.
    private static let enough = 112

    /// The size of the key: of an RSA key, that of its modulus.
    package let keyBits: Int
    private let keySecurity: Int
    private let signatureSecurity: Int

    /// - Parameter der: the certificate.
    /// - Returns: nil if it cannot be read.
    package init?(certificate der: [UInt8]) {
        var strength = ss_strength()
        guard der.withUnsafeBytes({ ss_certificate_strength(ss_bytes(borrowing: $0), &strength) }) == SS_OK else {
            return nil
        }
        keyBits = Int(strength.key_bits)
        keySecurity = Int(strength.key_security)
        signatureSecurity = Int(strength.signature_security)
    }

    /// Whether the key is one that can be broken, or may soon be.
    package var hasWeakKey: Bool { keySecurity < Self.enough }
    /// Whether it is signed by means of a digest like MD5 or SHA-1, or with a weak key.
    package var hasWeakSignature: Bool { signatureSecurity < Self.enough }
}
