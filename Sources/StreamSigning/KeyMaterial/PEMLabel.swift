internal import COpenSSLShim

/// What a PEM block says it is.
struct PEMLabel {
    let name: String

    private static let others: [String: ForeignFormat] = [
        "ENCRYPTED PRIVATE KEY": .encrypted, "CERTIFICATE": .certificate, "X509 CERTIFICATE": .certificate,
        "TRUSTED CERTIFICATE": .certificate, "CERTIFICATE REQUEST": .certificateRequest,
        "NEW CERTIFICATE REQUEST": .certificateRequest, "PKCS7": .pkcs7, "CMS": .pkcs7,
        "EC PRIVATE KEY": .ellipticCurveKey, "EC PARAMETERS": .ellipticCurveKey, "DSA PRIVATE KEY": .dsaKey,
        "DSA PARAMETERS": .dsaKey, "PGP PUBLIC KEY BLOCK": .openPGP, "PGP PRIVATE KEY BLOCK": .openPGP,
    ]

    init(_ name: String) {
        self.name = name
    }

    /// How a key in such a block is encoded.
    /// - Parameter body: the block's content, if it is base64.
    /// - Throws: what it is instead if this is not a block for an RSA key.
    func encoding(body: SecretBytes?) throws(KeyError) -> ss_encoding {
        // Not a dictionary, whose type takes longer to look up than a process that signs once has to spare.
        switch name {
        case "RSA PRIVATE KEY": return SS_PKCS1_PRIVATE
        case "PRIVATE KEY": return SS_PKCS8_PRIVATE
        case "RSA PUBLIC KEY": return SS_PKCS1_PUBLIC
        case "PUBLIC KEY": return SS_SPKI_PUBLIC
        default: break
        }
        if let foreign = Self.others[name] { throw foreign.error }
        if name == "OPENSSH PRIVATE KEY" {
            let isRSA = body?.withUnsafeBytes { body in
                body.bindMemory(to: UInt8.self).firstIndex(of: "ssh-rsa", from: 0) != nil
            }
            throw (isRSA == true ? ForeignFormat.openSSHPrivate : .otherSSHKey).error
        }
        throw KeyError(.unsupported, "a PEM block of \(name), which is not a key for RS256")
    }
}
