internal import COpenSSLShim

/// The PEM texts a private key is written as.
public enum PrivateKeyEncoding: Sendable, CaseIterable {
    /// `RSA PRIVATE KEY` (RFC 8017 A.1.2): what Stream's API gives.
    case pkcs1
    /// `PRIVATE KEY` (RFC 5208): what WebCrypto and most JOSE libraries want.
    case pkcs8

    var shimEncoding: ss_encoding {
        switch self {
        case .pkcs1: SS_PKCS1_PRIVATE
        case .pkcs8: SS_PKCS8_PRIVATE
        }
    }
}

/// The PEM texts a public key is written as.
public enum PublicKeyEncoding: Sendable, CaseIterable {
    /// `RSA PUBLIC KEY` (RFC 8017 A.1.1).
    case pkcs1
    /// `PUBLIC KEY`, a SubjectPublicKeyInfo (RFC 5280 4.1): what most tools want.
    case spki

    var shimEncoding: ss_encoding {
        switch self {
        case .pkcs1: SS_PKCS1_PUBLIC
        case .spki: SS_SPKI_PUBLIC
        }
    }
}
