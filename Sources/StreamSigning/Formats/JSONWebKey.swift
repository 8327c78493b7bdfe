internal import COpenSSLShim

/// RSA keys as JSON (RFC 7517, RFC 7518 6.3), read strictly and written as Stream writes them.
enum JSONWebKey {
    private static let privateMembers: [(name: StaticString, component: ss_component)] = [
        ("d", SS_D), ("p", SS_P), ("q", SS_Q), ("dp", SS_DP), ("dq", SS_DQ), ("qi", SS_QI),
    ]

    /// What a key says of itself. Reading it costs nothing beside the check of the key's numbers.
    struct Head {
        let id: KeyID?
        let isPrivate: Bool
    }

    /// - Throws: ``KeyError`` if the key is not for RS256.
    static func readHead(_ value: JSONValue) throws(KeyError) -> Head {
        guard value.kind == .object else { throw KeyError(.malformed, "a JWK is a JSON object") }
        try checkType(value)
        let head = Head(id: try readKeyID(value), isPrivate: value["d"] != nil)
        try checkPermissions(value, needs: head.isPrivate ? "sign" : "verify")
        return head
    }

    /// A key and its `kid`, if it has one.
    static func read(_ value: JSONValue, _ limits: KeyLimits) throws(KeyError) -> KeyMaterial.Key {
        let head = try readHead(value)
        var secrets: [SecretBytes?] = [try number("n", in: value), try number("e", in: value)]
        for (name, _) in privateMembers {
            secrets.append(try number(name, in: value))
        }
        return KeyMaterial.Key(handle: try importNumbers(secrets, limits), id: head.id)
    }

    /// `{"e":…,"kty":"RSA","n":…}`: the members and the order of a thumbprint (RFC 7638 3.2).
    static func thumbprint(_ key: RSAKeyHandle) throws(KeyError) -> [UInt8] {
        let (n, e) = (try text(SS_N, of: key), try text(SS_E, of: key))
        var writer = JSONWriter()
        writer.object {
            $0.member("e", e.reveal())
            $0.member("kty", "RSA")
            $0.member("n", n.reveal())
        }
        return try Digest.sha256(writer.bytes)
    }

    /// The public half, in the order of Stream's JWK.
    static func writePublic(_ key: RSAKeyHandle, id: KeyID, into writer: inout JSONWriter) throws(KeyError) {
        let (n, e) = (try text(SS_N, of: key), try text(SS_E, of: key))
        writer.object {
            writeHead(id: id, n: n, e: e, into: &$0)
        }
    }

    /// The private key as Stream's API gives it, byte for byte: compact, and its members in Stream's order.
    static func writePrivate(_ key: RSAKeyHandle, id: KeyID) throws(KeyError) -> SecretBytes {
        let (n, e) = (try text(SS_N, of: key), try text(SS_E, of: key))
        var head = JSONWriter()
        head.object { writeHead(id: id, n: n, e: e, into: &$0) }
        var parts = [SecretBytes(copying: Array(head.bytes.dropLast()))]
        for (name, component) in privateMembers {
            parts.append(SecretBytes(copying: Array(",\"\(name)\":\"".utf8)))
            parts.append(try text(component, of: key))
            parts.append(SecretBytes(copying: [UInt8(ascii: "\"")]))
        }
        parts.append(SecretBytes(copying: [UInt8(ascii: "}")]))
        return SecretBytes(joining: parts)
    }

    private static func writeHead(id: KeyID, n: SecretBytes, e: SecretBytes, into writer: inout JSONWriter) {
        writer.member("use", "sig")
        writer.member("kty", "RSA")
        writer.member("kid", id.rawValue)
        writer.member("alg", "RS256")
        writer.member("n", n.reveal())
        writer.member("e", e.reveal())
    }

    private static func text(_ component: ss_component, of key: RSAKeyHandle) throws(KeyError) -> SecretBytes {
        Base64.url.encode(try key.export(component))
    }

    private static func checkType(_ value: JSONValue) throws(KeyError) {
        guard let type = value["kty"] else { throw KeyError(.malformed, "the JWK has no `kty`") }
        guard type.kind == .string else { throw KeyError(.malformed, "the JWK's `kty` is not a string") }
        guard type.isString("RSA") else { throw KeyError(.unsupported, "not an RSA key: the JWK's `kty` is not RSA") }
        guard value["oth"] == nil else {
            throw KeyError(.unsupported, "the RSA key has more than two primes: the JWK has `oth`")
        }
    }

    private static func readKeyID(_ value: JSONValue) throws(KeyError) -> KeyID? {
        guard let kid = value["kid"] else { return nil }
        guard let text = kid.string else { throw KeyError(.malformed, "the JWK's `kid` is not a string") }
        return try KeyID(text)
    }

    /// A key's own restrictions bind us (RFC 7517 4.2 to 4.4); what it leaves out is allowed.
    private static func checkPermissions(_ value: JSONValue, needs operation: StaticString) throws(KeyError) {
        if let use = value["use"] {
            guard use.kind == .string else { throw KeyError(.malformed, "the JWK's `use` is not a string") }
            guard use.isString("sig") else { throw KeyError(.forbiddenUse, "the JWK's `use` is not `sig`") }
        }
        if let algorithm = value["alg"] {
            guard algorithm.kind == .string else { throw KeyError(.malformed, "the JWK's `alg` is not a string") }
            guard algorithm.isString("RS256") else { throw KeyError(.forbiddenUse, "the JWK's `alg` is not RS256") }
        }
        guard let operations = value["key_ops"] else { return }
        let names = operations.elements?.map(\.string)
        guard let names, names.allSatisfy({ $0 != nil }) else {
            throw KeyError(.malformed, "the JWK's `key_ops` is not an array of strings")
        }
        guard Set(names).count == names.count else {
            throw KeyError(.malformed, "the JWK's `key_ops` names an operation twice")
        }
        guard names.contains("\(operation)") else {
            throw KeyError(.forbiddenUse, "the JWK's `key_ops` does not include `\(operation)`")
        }
    }

    private static func number(_ name: StaticString, in value: JSONValue) throws(KeyError) -> SecretBytes? {
        guard let member = value[name] else { return nil }
        guard member.kind == .string else { throw KeyError(.malformed, "the JWK's `\(name)` is not a string") }
        guard let decoded = member.withStringBytes({ Base64.url.decode($0) }), let number = decoded, number.count > 0
        else {
            throw KeyError(.malformed, "the JWK's `\(name)` is not base64url without padding")
        }
        guard number.withUnsafeBytes({ $0[0] }) != 0 || number.count == 1 else {
            throw KeyError(.malformed, "the JWK's `\(name)` has a leading zero byte (RFC 7518 2)")
        }
        return number
    }

    private static func importNumbers(
        _ secrets: [SecretBytes?], _ limits: KeyLimits
    ) throws(KeyError) -> RSAKeyHandle {
        var components = [ss_bytes](repeating: ss_bytes(), count: secrets.count)
        for (index, secret) in secrets.enumerated() {
            // The pointers stay valid: `secrets` outlives the import below.
            secret?.withUnsafeBytes { components[index] = ss_bytes(borrowing: $0) }
        }
        defer { withExtendedLifetime(secrets) {} }
        return try RSAKeyHandle.import(components: components, limits: limits)
    }
}
