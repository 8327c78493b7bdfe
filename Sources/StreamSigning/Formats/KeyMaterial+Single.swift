extension KeyMaterial {
    /// The one key of a text.
    static func single(_ text: some Collection<UInt8>, _ limits: KeyLimits) throws(KeyError) -> Key {
        let material = try KeyMaterial(text, limits, wantsOne: true)
        guard let key = material.keys.first else {
            throw material.ignored.first ?? KeyError(.malformed, "the JWKS holds no key")
        }
        return key
    }

    init(_ text: some Collection<UInt8>, _ limits: KeyLimits, wantsOne: Bool) throws(KeyError) {
        let read = { (bytes: UnsafeRawBufferPointer) in
            Result { () throws(KeyError) in try KeyMaterial(bytes, limits, wantsOne: wantsOne) }
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
