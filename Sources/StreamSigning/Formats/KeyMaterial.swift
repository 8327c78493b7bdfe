internal import COpenSSLShim

/// The keys in a text, whatever form it has: PEM, JWK, JWKS, the API's JSON answer (whole or its `result`), or either of
/// the API's two base64 texts.
struct KeyMaterial {
    struct Key {
        let handle: RSAKeyHandle
        /// The id the material carries, if any.
        let id: KeyID?
    }

    /// A JWKS of thousands of keys fits; anything larger is not a key file.
    static let maximumCount = 4 * 1024 * 1024
    /// A private key, and its public half in both of its encodings.
    private static let mostBlocks = 3

    private(set) var keys: [Key] = []
    /// Why keys of a JWKS were ignored (RFC 7517 5).
    private(set) var ignored: [KeyError] = []
    /// Whether the text is a set of keys: a JWKS, which may well be empty.
    private(set) var isSet = false

    private let limits: KeyLimits
    /// Whether several keys are refused, which is done before any of them is checked.
    private let wantsOne: Bool

    private init(_ limits: KeyLimits) {
        self.limits = limits
        wantsOne = true
    }

    init(_ text: UnsafeRawBufferPointer, _ limits: KeyLimits, wantsOne: Bool) throws(KeyError) {
        self.limits = limits
        self.wantsOne = wantsOne
        guard text.count <= Self.maximumCount else {
            throw KeyError(.malformed, "the key file is larger than 4 MiB")
        }
        try read(text, .file)
        guard isSet || !keys.isEmpty else { throw KeyError(.malformed, "there is no key in it") }
    }

    /// How deep inside the wrappings a text is: each wrapping is removed once.
    private enum Layer {
        /// The text itself: anything.
        case file
        /// A member of the API's answer: a key, or base64 of one.
        case member
        /// What base64 held: a key.
        case decoded
    }

    private mutating func read(_ text: UnsafeRawBufferPointer, _ layer: Layer) throws(KeyError) {
        let trimmed = Self.trim(text)
        guard let first = trimmed.first else { throw KeyError(.malformed, "the key file is empty") }
        if first == UInt8(ascii: "{") || first == UInt8(ascii: "[") || first == UInt8(ascii: "\"") {
            try readJSON(trimmed, layer)
        } else if PEM.isPEM(trimmed) {
            try readPEM(trimmed)
        } else if layer != .decoded, let decoded = Self.decodeBase64(trimmed) {
            try decoded.withUnsafeBytes { bytes throws(KeyError) in try read(bytes, .decoded) }
        } else {
            throw KeyError(.malformed, "not a key: neither PEM, nor JWK, nor JWKS, nor base64 of one of them")
        }
    }

    private mutating func readPEM(_ text: UnsafeRawBufferPointer) throws(KeyError) {
        let blocks = try PEM.blocks(in: text)
        let privates = blocks.filter(\.isPrivate)
        // A private key and its public half are one key. Of two private keys, we cannot know which is meant.
        let chosen = privates.isEmpty ? blocks : privates
        guard chosen.count == 1 else {
            throw KeyError(.ambiguous, "the PEM holds \(chosen.count) keys: keep the one that is meant")
        }
        guard blocks.count <= Self.mostBlocks else {
            throw KeyError(.ambiguous, "the PEM holds \(blocks.count - 1) public keys beside the private one")
        }
        let key = try chosen[0].makeKey(limits)
        for block in blocks where !block.isPrivate {
            guard key.isSameKey(as: try block.makeKey(limits)) else {
                throw KeyError(.ambiguous, "the PEM's private key and public key do not belong together")
            }
        }
        keys.append(Key(handle: key, id: nil))
    }

    private mutating func readJSON(_ text: UnsafeRawBufferPointer, _ layer: Layer) throws(KeyError) {
        let bytes = text.bindMemory(to: UInt8.self)
        let document: StrictJSON
        do {
            document = try StrictJSON(parsing: bytes)
        } catch {
            throw KeyError(.malformed, "the key file is not strict JSON: \(error.reason) (at byte \(error.offset))")
        }
        let root = document.root
        guard root.kind == .object else { throw KeyError(.malformed, "a JWK is a JSON object") }
        guard layer == .file, root["kty"] == nil else {
            keys.append(try JSONWebKey.read(root, limits))
            return
        }
        if let set = root["keys"] {
            try readSet(set)
        } else if let result = root["result"] {
            try readAnswer(result)
        } else if root["pem"] != nil || root["jwk"] != nil {
            try readAnswer(root)
        } else {
            keys.append(try JSONWebKey.read(root, limits))
        }
    }

    private mutating func readSet(_ set: JSONValue) throws(KeyError) {
        guard let elements = set.elements else { throw KeyError(.malformed, "the JWKS's `keys` is not an array") }
        isSet = true
        var privateKeys = 0
        let candidates = try choose(from: elements) { element throws(KeyError) in
            privateKeys += try JSONWebKey.readHead(element).isPrivate ? 1 : 0
            return element
        }
        guard !wantsOne || candidates.count <= 1 else {
            throw KeyError(.ambiguous, "the JWKS holds \(candidates.count) keys, and one is wanted")
        }
        guard privateKeys <= limits.privateKeysPerSet else {
            throw KeyError(
                .unsupported,
                "the JWKS holds \(privateKeys) private keys, more than \(limits.privateKeysPerSet): keep their public halves"
            )
        }
        let limits = limits
        let read = try choose(from: candidates) { element throws(KeyError) in try JSONWebKey.read(element, limits) }
        keys += read
    }

    /// What is made of the elements of a set, apart from those that are for other algorithms and uses.
    private mutating func choose<Value>(
        from elements: [JSONValue], _ make: (JSONValue) throws(KeyError) -> Value
    ) throws(KeyError) -> [Value] {
        var chosen: [Value] = []
        for element in elements {
            do throws(KeyError) {
                chosen.append(try make(element))
            } catch  where [.unsupported, .forbiddenUse].contains(error.code) {
                ignored.append(error)
            }
        }
        return chosen
    }

    /// `{id, pem, jwk, created}`: both texts are of one key, and the id is the key's own.
    private mutating func readAnswer(_ answer: JSONValue) throws(KeyError) {
        guard answer.kind == .object else {
            throw KeyError(.malformed, "the answer has no key material: only the answer to a create has it, once")
        }
        var found: [Key] = []
        for name: StaticString in ["jwk", "pem"] {
            guard let member = answer[name] else { continue }
            guard member.kind == .string else {
                throw KeyError(.malformed, "the answer's `\(name)` is not a string")
            }
            // Importing a private key takes longer than a signature: Stream's own two texts need it only once.
            if let key = found.first, try Self.isStreamPEM(member, of: key.handle) { continue }
            var inner = KeyMaterial(limits)
            _ = try member.withStringBytes { bytes throws(KeyError) in
                try inner.read(UnsafeRawBufferPointer(bytes), .member)
            }
            guard let key = inner.keys.first else { continue }
            found.append(key)
        }
        guard let key = found.first else {
            throw KeyError(.malformed, "the answer has no key material: only the answer to a create has it, once")
        }
        if found.count == 2, !key.handle.isSameKey(as: found[1].handle) {
            throw KeyError(.inconsistent, "the answer's `pem` and `jwk` are inconsistent: they are two different keys")
        }
        keys.append(Key(handle: key.handle, id: try Self.agree(answer["id"], key.id)))
    }

    /// Whether the text is, byte for byte, the `pem` that Stream's API would give for this key.
    private static func isStreamPEM(_ text: JSONValue, of key: RSAKeyHandle) throws(KeyError) -> Bool {
        guard key.isPrivate else { return false }
        let pem = Base64.standard.encode(try PEM.write(SS_PKCS1_PRIVATE, der: key.export(SS_PKCS1_PRIVATE)))
        return text.withStringBytes { SecretBytes(copying: UnsafeRawBufferPointer($0)) } == pem
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

    private static func trim(_ text: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        var rest = text[...]
        if rest.starts(with: [0xEF, 0xBB, 0xBF]), PEM.isPEM(text) {
            rest = rest.dropFirst(3)
        }
        return UnsafeRawBufferPointer(rebasing: rest.trimmingASCIIWhitespace)
    }

    private static func decodeBase64(_ text: UnsafeRawBufferPointer) -> SecretBytes? {
        text.withMemoryRebound(to: UInt8.self) { Base64.standard.decode($0) }
    }
}
