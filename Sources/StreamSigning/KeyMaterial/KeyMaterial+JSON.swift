/// Keys in JSON: a JWK, a JWKS, the API's answer (whole or its `result`), or what another service puts around them.
extension KeyMaterial {
    mutating func readJSON(_ text: UnsafeRawBufferPointer, layer: Int) throws(KeyError) {
        let document: StrictJSON
        do {
            document = try StrictJSON(parsing: text.bindMemory(to: UInt8.self))
        } catch {
            throw KeyError(.malformed, "the key file is not strict JSON: \(error.reason) (at byte \(error.offset))")
        }
        try readObject(document.root, layer: layer)
    }

    mutating func readObject(_ object: JSONValue, layer: Int) throws(KeyError) {
        guard object.kind == .object else {
            throw KeyError(.malformed, #"a JWK is a JSON object, and a set of them is {"keys":[…]}"#)
        }
        guard !Self.isRefusal(object) else { throw Self.refusal }
        if object["kty"] != nil {
            candidates.append(try JSONWebKey.read(object))
        } else if let set = object["keys"], let elements = set.elements {
            readSet(elements, layer: layer)
        } else if object.filled("pem") != nil || object.filled("jwk") != nil {
            candidates.append(try readAnswer(object, layer: layer))
        } else {
            try readWrapped(object, layer: layer)
        }
    }

    /// Whether a member of an object of another service is itself one of ours.
    static func isKeyObject(_ object: JSONValue) -> Bool {
        object["kty"]?.kind == .string || object.filled("pem") != nil || object.filled("jwk") != nil
            || object["keys"]?.elements?.first?.kind == .object
    }

    /// Whether an object is an answer of an API that did not do what it was asked.
    static func isRefusal(_ object: JSONValue) -> Bool { object["success"]?.boolean == false }

    static let refusal = KeyError(.malformed, "an answer that refuses (`success` is false), which holds no key to use")

    /// A key that cannot be used does not take down the others (RFC 7517 5).
    private mutating func readSet(_ elements: [JSONValue], layer: Int) {
        isSet = true
        for (index, element) in elements.enumerated() {
            let place = KeyPlace(number: index + 1, id: element["kid"]?.string)
            do throws(KeyError) {
                var key = try Self.one(in: element, layer: layer)
                key.place = place
                candidates.append(key)
            } catch {
                passedOver.append(PassedOver(place: place, error: error))
            }
        }
    }

    private static func one(in element: JSONValue, layer: Int) throws(KeyError) -> KeyCandidate {
        guard element.kind != .object || element["kty"] == nil else { return try JSONWebKey.read(element) }
        var inner = KeyMaterial()
        try inner.readObject(element, layer: layer + 1)
        return try inner.only()
    }

    private func only() throws(KeyError) -> KeyCandidate {
        guard let key = candidates.first, candidates.count == 1 else {
            throw passedOver.first?.error
                ?? KeyError(.ambiguous, "it holds \(candidates.count) keys, and one is wanted")
        }
        return key
    }

    /// `{id, pem, jwk, created}`: both texts are of one key, and the id is the key's own.
    private func readAnswer(_ answer: JSONValue, layer: Int) throws(KeyError) -> KeyCandidate {
        var found: [KeyCandidate] = []
        for name: StaticString in ["jwk", "pem"] {
            guard let member = answer.filled(name) else { continue }
            found.append(try Self.readMember(member, name, layer: layer))
        }
        let disagreement = KeyError(
            .inconsistent, "the answer's `pem` and `jwk` are inconsistent: they are two different keys")
        guard var key = try KeyCandidate.one(of: found, or: disagreement) else { throw Self.noMaterial }
        key.id = try Self.agree(answer.filled("id"), key.id)
        return key
    }

    private static func readMember(
        _ member: JSONValue, _ name: StaticString, layer: Int
    ) throws(KeyError) -> KeyCandidate {
        var inner = KeyMaterial()
        if member.kind == .object {
            try inner.readObject(member, layer: layer + 1)
        } else {
            let isText: Void? = try member.withStringBytes { bytes throws(KeyError) in
                try inner.read(UnsafeRawBufferPointer(bytes), layer: layer + 1)
            }
            guard isText != nil else { throw KeyError(.malformed, "the answer's `\(name)` is not a string") }
        }
        return try inner.only()
    }

    private static func agree(_ outer: JSONValue?, _ inner: KeyID?) throws(KeyError) -> KeyID? {
        guard let outer else { return inner }
        guard let text = outer.string else { throw KeyError(.malformed, "the answer's `id` is not a string") }
        let id = try KeyID(text)
        guard inner == nil || inner == id else {
            throw KeyError(.inconsistent, "the answer's `id` and the `kid` of its `jwk` are inconsistent: they differ")
        }
        return id
    }

    /// A key inside the JSON of another service. Several have to be one key, unless each has an id of its own.
    private mutating func readWrapped(_ object: JSONValue, layer: Int) throws(KeyError) {
        let search = KeySearch(object, layer: layer)
        if let damaged = search.damaged { throw damaged }
        guard !search.hasMore else {
            throw KeyError(.ambiguous, "the JSON holds keys in more than \(KeySearch.mostMembers) members")
        }
        let keys = search.found
        let ids = Set(keys.compactMap(\.id))
        if search.isSet || keys.count > 1 && ids.count == keys.count {
            isSet = true
            passedOver += search.passedOver
            for (index, var key) in keys.enumerated() {
                key.place = key.place ?? KeyPlace(number: index + 1, id: key.id?.rawValue)
                candidates.append(key)
            }
            return
        }
        let disagreement = KeyError(
            .ambiguous, "the JSON holds \(keys.count) different keys: keep the one that is meant")
        guard let key = try KeyCandidate.one(of: keys, or: disagreement) else {
            throw search.other ?? Self.nothing(in: object)
        }
        candidates.append(key)
    }

    private static let noMaterial = KeyError(
        .malformed, "the answer has no key material: only the answer to a create has it, once")

    /// What JSON without a key most likely is.
    private static func nothing(in object: JSONValue) -> KeyError {
        if object["payload"] != nil, object["signature"] ?? object["signatures"] != nil {
            return KeyError(.unsupported, "a JWS in JSON serialization, which is signed content and no key")
        }
        if object["keys"] != nil { return KeyError(.malformed, "the JWKS's `keys` is not an array") }
        if object["result"] ?? object["pem"] ?? object["jwk"] != nil { return noMaterial }
        return KeyError(
            .malformed, "there is no key in this JSON: neither a JWK with its `kty`, nor `keys`, nor a PEM in a member")
    }
}
