internal import COpenSSLShim

/// The compact binary form (RFC 8017 A.1), for stores: about 270 bytes for a public key of 2048 bits.
extension VerificationKey {
    package init(pkcs1DER der: [UInt8], id: KeyID, signsSessions: Bool = false) throws(KeyError) {
        self.init(
            handle: try .import(SS_PKCS1_PUBLIC, der: SecretBytes(copying: der)), id: id, hasDerivedID: false,
            signsSessions: signsSessions)
    }

    package func pkcs1DER() throws(KeyError) -> [UInt8] {
        try handle.export(SS_PKCS1_PUBLIC).withUnsafeBytes { Array($0) }
    }

    /// The 32 bytes that ``thumbprint()`` encodes.
    package func thumbprintBytes() throws(KeyError) -> [UInt8] {
        try JSONWebKey.thumbprint(handle)
    }
}
