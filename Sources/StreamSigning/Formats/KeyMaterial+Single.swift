extension KeyMaterial {
    /// The one key of a text.
    static func single(_ text: some Collection<UInt8>) throws(KeyError) -> Key {
        let material = try KeyMaterial(text)
        guard let key = material.keys.first else {
            throw material.ignored.first ?? KeyError(.malformed, "the JWKS holds no key")
        }
        guard material.keys.count == 1 else {
            throw KeyError(.ambiguous, "the JWKS holds \(material.keys.count) keys, and one is wanted")
        }
        return key
    }

    init(_ text: some Collection<UInt8>) throws(KeyError) {
        let read = { (bytes: UnsafeRawBufferPointer) in
            Result { () throws(KeyError) in try KeyMaterial(bytes) }
        }
        let result = text.withContiguousStorageIfAvailable { read(UnsafeRawBufferPointer($0)) }
        self = try (result ?? Array(text).withUnsafeBytes(read)).get()
    }
}

extension KeyMaterial.Key {
    /// The name that was given, the one that the material carries, or else one made of the thumbprint.
    func name(given id: KeyID?) throws(KeyError) -> (KeyID, isDerived: Bool) {
        if let name = id ?? self.id { return (name, false) }
        return (.derived(fromThumbprint: try JSONWebKey.thumbprint(handle)), true)
    }
}
