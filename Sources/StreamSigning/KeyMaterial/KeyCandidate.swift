internal import COpenSSLShim

/// A key as its text gives it, not yet checked: telling keys apart and choosing one of them takes no arithmetic.
struct KeyCandidate {
    enum Numbers {
        /// n, e, d, p, q, dp, dq, qi, each without leading zeros; nil for an absent one.
        case components([SecretBytes?])
        case der(ss_encoding, SecretBytes)
    }

    let numbers: Numbers
    /// The id that the text gives it, if any.
    var id: KeyID?
    /// Whether the text marks it as a node's own: see ``VerificationKey/signsSessions``.
    var signsSessions = false
    /// Where in a set it is.
    var place: KeyPlace?

    /// Other forms of the same key beside it, such as its public half.
    private var companions: [KeyCandidate] = []
    /// Why the key cannot be used if one of them is another key.
    private var disagreement = KeyError(.ambiguous, "two different keys")

    /// Each may cost an import.
    static let mostCompanions = 4

    init(_ numbers: Numbers, id: KeyID? = nil) {
        self.numbers = numbers
        self.id = id
    }

    var isPrivate: Bool {
        switch numbers {
        case .components(let numbers): numbers[Int(SS_D.rawValue)] != nil
        case .der(let encoding, _): encoding.isPrivate
        }
    }

    /// Several texts that have to be one key: the private one, if there is one, with the others beside it.
    /// - Parameter disagreement: what is thrown if they are not.
    static func one(of candidates: [KeyCandidate], or disagreement: KeyError) throws(KeyError) -> KeyCandidate? {
        guard candidates.count > 1 else { return candidates.first }
        var rest = candidates
        var key = rest.remove(at: rest.firstIndex(where: \.isPrivate) ?? 0)
        let ids = Set(candidates.compactMap(\.id))
        guard ids.count <= 1 else { throw disagreement }
        key.id = ids.first
        key.companions += rest.flatMap { [$0] + $0.companions }
        guard key.companions.count <= mostCompanions else { throw disagreement }
        key.disagreement = disagreement
        return key
    }

    /// Checks the numbers, and that the forms beside them are of the same key.
    func makeHandle(_ limits: KeyLimits) throws(KeyError) -> RSAKeyHandle {
        let key: RSAKeyHandle =
            switch numbers {
            case .components(let numbers): try .import(numbers, limits)
            case .der(let encoding, let der): try .import(encoding, der: der, limits: limits)
            }
        for companion in companions {
            guard try companion.isForm(of: key, limits) else { throw disagreement }
        }
        return key
    }

    private func isForm(of key: RSAKeyHandle, _ limits: KeyLimits) throws(KeyError) -> Bool {
        // Importing a private key takes longer than a signature; writing it hardly takes any time.
        if case .der(let encoding, let der) = numbers, key.isPrivate || !encoding.isPrivate,
            try key.export(encoding) == der
        {
            return true
        }
        return key.isSameKey(as: try makeHandle(limits))
    }
}

/// Where in a set a key is, for messages.
struct KeyPlace {
    /// Counted from 1.
    let number: Int
    let id: String?

    /// The same error, with the place before its reason.
    func naming(_ error: KeyError) -> KeyError {
        KeyError(error.code, "key \(number)\(id.map { " (\($0.excerpt()))" } ?? ""): \(error.reason)")
    }
}

extension ss_encoding {
    var isPrivate: Bool { self == SS_PKCS1_PRIVATE || self == SS_PKCS8_PRIVATE }
}

extension RSAKeyHandle {
    /// - Parameter numbers: n, e, d, p, q, dp, dq, qi.
    fileprivate static func `import`(
        _ numbers: [SecretBytes?], _ limits: KeyLimits
    ) throws(KeyError) -> RSAKeyHandle {
        var components = [ss_bytes](repeating: ss_bytes(), count: numbers.count)
        for (index, number) in numbers.enumerated() {
            // The pointers stay valid: `numbers` outlives the import below.
            number?.withUnsafeBytes { components[index] = ss_bytes(borrowing: $0) }
        }
        defer { withExtendedLifetime(numbers) {} }
        return try .import(components: components, limits: limits)
    }
}
