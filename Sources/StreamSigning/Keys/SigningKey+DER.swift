internal import COpenSSLShim

/// The private half in the compact binary form (RFC 8017 A.1), to be sealed for a store.
extension SigningKey {
    package init(pkcs1DER der: SecretBytes, id: KeyID) throws(KeyError) {
        try self.init(handle: try .import(SS_PKCS1_PRIVATE, der: der), id: id, hasDerivedID: false)
    }

    package func pkcs1DER() throws(KeyError) -> SecretBytes {
        try handle.export(SS_PKCS1_PRIVATE)
    }
}
