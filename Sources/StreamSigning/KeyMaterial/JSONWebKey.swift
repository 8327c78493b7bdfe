internal import COpenSSLShim

/// RSA keys as JSON (RFC 7517, RFC 7518 6.3), read strictly and written as Stream writes them.
enum JSONWebKey {
    private static let privateMembers: [(name: StaticString, component: ss_component)] = [
        ("d", SS_D), ("p", SS_P), ("q", SS_Q), ("dp", SS_DP), ("dq", SS_DQ), ("qi", SS_QI),
    ]

    /// The member in which we say more of a key, and what is in it: whether the key is a node's own.
    private static let (ownMember, sessionsMember): (StaticString, StaticString) = ("streamSigning", "sessions")

    /// A key with its `kid`, if it has one. Optional members that are null or empty are absent.
    static func read(_ value: JSONValue) throws(KeyError) -> KeyCandidate {
        guard value.kind == .object else { throw KeyError(.malformed, "a JWK is a JSON object") }
        let isPrivate = value.filled("d") != nil
        try checkType(value, isPrivate: isPrivate)
        let id = try readKeyID(value)
        try checkPermissions(value, needs: isPrivate ? "sign" : "verify")
        var numbers: [SecretBytes?] = []
        for name: StaticString in ["n", "e"] {
            guard let member = value[name] else { throw KeyError(.malformed, "an RSA key needs n and e") }
            numbers.append(try number(name, member))
        }
        try checkSize(numbers[0])
        for (name, _) in privateMembers {
            numbers.append(try value.filled(name).map { (member) throws(KeyError) in try number(name, member) })
        }
        var key = KeyCandidate(.components(numbers), id: id)
        key.signsSessions = value[ownMember]?[sessionsMember]?.boolean == true
        return key
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
    static func writePublic(_ key: VerificationKey, into writer: inout JSONWriter) throws(KeyError) {
        let (n, e) = (try text(SS_N, of: key.handle), try text(SS_E, of: key.handle))
        writer.object {
            writeHead(id: key.id, n: n, e: e, into: &$0)
            guard key.signsSessions else { return }
            $0.name(ownMember)
            $0.object { $0.member(sessionsMember, true) }
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

    private static func checkType(_ value: JSONValue, isPrivate: Bool) throws(KeyError) {
        guard let type = value["kty"] else { throw KeyError(.malformed, "the JWK has no `kty`") }
        guard let name = type.string else { throw KeyError(.malformed, "the JWK's `kty` is not a string") }
        // Azure Key Vault calls the public half of a key in a hardware module so.
        guard type.isString("RSA") || type.isString("RSA-HSM") && !isPrivate else { throw foreign(name) }
        guard value.filled("oth") == nil else {
            throw KeyError(.unsupported, "the RSA key has more than two primes: the JWK has `oth`")
        }
    }

    private static func foreign(_ type: String) -> KeyError {
        let what =
            switch type {
            case "EC": "an elliptic-curve key"
            case "OKP": "a key of an Edwards or Montgomery curve"
            case "oct": "a secret for HMAC or encryption"
            default: "a key of another type"
            }
        return KeyError(.unsupported, "not an RSA key but \(what): the JWK's `kty` is '\(type.excerpt(16))'")
    }

    private static func readKeyID(_ value: JSONValue) throws(KeyError) -> KeyID? {
        guard let kid = value.filled("kid") else { return nil }
        guard let text = kid.string else { throw KeyError(.malformed, "the JWK's `kid` is not a string") }
        return try KeyID(text)
    }

    /// A key's own restrictions bind us (RFC 7517 4.2 to 4.4); what it leaves out is allowed.
    private static func checkPermissions(_ value: JSONValue, needs operation: StaticString) throws(KeyError) {
        if let use = value.filled("use") {
            guard use.kind == .string else { throw KeyError(.malformed, "the JWK's `use` is not a string") }
            guard use.isString("sig") else { throw KeyError(.forbiddenUse, "the JWK's `use` is not `sig`") }
        }
        if let algorithm = value.filled("alg") {
            guard algorithm.kind == .string else { throw KeyError(.malformed, "the JWK's `alg` is not a string") }
            guard algorithm.isString("RS256") else { throw KeyError(.forbiddenUse, "the JWK's `alg` is not RS256") }
        }
        guard let operations = value.filled("key_ops") else { return }
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

    /// The shim checks every key. Here a key that is too small or too large is told from those of a set that may be meant.
    private static func checkSize(_ modulus: SecretBytes?) throws(KeyError) {
        let bits = modulus?.withUnsafeBytes { $0.count * 8 - ($0.first?.leadingZeroBitCount ?? 0) } ?? 0
        guard bits >= Int(SS_BITS_MIN) else {
            throw KeyError(.unsupported, "the RSA key has fewer than \(SS_BITS_MIN) bits")
        }
        guard bits <= Int(SS_BITS_MAX) else {
            throw KeyError(.unsupported, "the RSA key has \(bits) bits, which are too many")
        }
    }

    /// Leading zeros are taken and not kept: writers of fixed length and Java's `BigInteger.toByteArray` put them there.
    private static func number(_ name: StaticString, _ member: JSONValue) throws(KeyError) -> SecretBytes {
        guard member.kind == .string else { throw KeyError(.malformed, "the JWK's `\(name)` is not a string") }
        guard let decoded = member.withStringBytes({ Base64.url.decode($0) }), let number = decoded, number.count > 0
        else {
            throw KeyError(.malformed, "the JWK's `\(name)` is not base64url without padding")
        }
        return number.withUnsafeBytes { bytes in
            let first = bytes.firstIndex { $0 != 0 } ?? bytes.count - 1
            return first == 0 ? number : SecretBytes(copying: UnsafeRawBufferPointer(rebasing: bytes[first...]))
        }
    }
}

extension JSONValue {
    /// A member that says something: not null, and not an empty string or list, which writers put for "none".
    func filled(_ name: StaticString) -> JSONValue? {
        guard let member = self[name], !member.isBlank else { return nil }
        return member
    }

    /// Whether this is null, an empty string or an empty list.
    var isBlank: Bool {
        switch kind {
        case .null: true
        case .string: source.isEmpty
        case .array: elements?.isEmpty == true
        default: false
        }
    }
}
