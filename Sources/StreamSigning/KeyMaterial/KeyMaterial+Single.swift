extension KeyMaterial {
    /// The one key of a text, or the one of that id.
    static func single(
        _ text: some Collection<UInt8>, id: KeyID?, _ limits: KeyLimits
    ) throws(KeyError) -> Key {
        try Key(KeyMaterial(text).candidate(of: id), limits)
    }

    init(_ text: some Collection<UInt8>) throws(KeyError) {
        // One byte over the limit is enough to refuse it. The copy is wiped after use; the text itself is the caller's.
        let start = text.prefix(Self.maximumCount + 1)
        let bytes = SecretBytes(count: start.count) { space in
            let copy = { (bytes: UnsafeBufferPointer<UInt8>) in space.copyMemory(from: UnsafeRawBufferPointer(bytes)) }
            if start.withContiguousStorageIfAvailable(copy) == nil { space.copyBytes(from: start) }
        }
        self = try bytes.withUnsafeBytes { bytes throws(KeyError) in try KeyMaterial(bytes) }
    }

    /// A text of one key is that key, whatever `id` is. Of several keys, `id` picks one.
    private func candidate(of id: KeyID?) throws(KeyError) -> KeyCandidate {
        guard let first = candidates.first else { throw Self.unusable(passedOver) }
        // A set may have one key twice.
        let isOne = candidates.count == 1 || candidates.allSatisfy { $0.id != nil && $0.id == first.id }
        if isOne, id == nil || passedOver.isEmpty, let key = try Self.one(of: candidates) { return key }
        guard let id else { throw severalKeys }
        if let key = try Self.one(of: candidates.filter({ $0.id == id })) { return key }
        if let unusable = passedOver.first(where: { $0.place.id?.isEqual(toUTF8Of: id.rawValue) == true }) {
            throw unusable.place.naming(unusable.error)
        }
        // The id names the one key that has no name of its own.
        let nameless = candidates.filter { $0.id == nil }
        guard nameless.count == 1 else {
            throw KeyError(.ambiguous, "the set has no key \(id.rawValue.excerpt()): it has \(names)")
        }
        return nameless[0]
    }

    /// Keys of one id have to be one key.
    private static func one(of keys: [KeyCandidate]) throws(KeyError) -> KeyCandidate? {
        let id = keys.first?.id?.rawValue.excerpt() ?? ""
        return try KeyCandidate.one(of: keys, or: KeyError(.ambiguous, "two different keys have the id \(id)"))
    }

    /// A set of private keys is refused before the first is checked.
    func checkPrivateKeys(_ limits: KeyLimits) throws(KeyError) {
        let count = candidates.count { $0.isPrivate }
        guard !isSet || count <= limits.privateKeysPerSet else {
            throw KeyError(
                .unsupported,
                "the set holds \(count) private keys, more than \(limits.privateKeysPerSet): keep their public halves")
        }
    }

    private var severalKeys: KeyError {
        KeyError(
            .ambiguous,
            "the set holds \(candidates.count) keys, and one is wanted: say which by its id (\(names))")
    }

    /// The ids of the keys that can be used, as far as a line holds them.
    private var names: String {
        let limit = 8
        let names = candidates.prefix(limit).map { $0.id?.rawValue.excerpt() ?? "one without an id" }
        let rest = candidates.count - names.count
        return names.isEmpty ? "none" : names.joined(separator: ", ") + (rest > 0 ? " and \(rest) more" : "")
    }

    /// The error of a set in which no key can be used, naming each as far as a line holds them.
    static func unusable(_ keys: [PassedOver]) -> KeyError {
        let limit = 4
        let named = keys.map { $0.place.naming($0.error) }
        guard let first = named.first, named.count > 1 else {
            return named.first ?? KeyError(.malformed, "the set holds no key")
        }
        let code: KeyError.Code = named.allSatisfy { $0 == first } ? first.code : .unsupported
        let rest = named.count > limit ? "; and \(named.count - limit) more" : ""
        let reasons = named.prefix(limit).map(\.reason).joined(separator: "; ")
        return KeyError(code, "none of the \(named.count) keys in the set can be used: \(reasons)\(rest)")
    }
}

extension KeyMaterial.Key {
    /// The name that was given, the one that the material carries, or else one made of the thumbprint.
    func name(given id: KeyID?) throws(KeyError) -> (KeyID, isDerived: Bool) {
        if let name = id ?? self.id { return (name, false) }
        return (.derived(fromThumbprint: try JSONWebKey.thumbprint(handle)), true)
    }
}
