internal import COpenSSLShim

/// An RSA private key that signs playback tokens, and the id those tokens name it by.
///
/// ```swift
/// let key = try SigningKey(importing: text)        // PEM, JWK, or the API's JSON answer
/// let fresh = try SigningKey.generate()            // 2048 bits, a random id
/// ```
///
/// A value may be copied and used from any thread; the private numbers exist once, inside OpenSSL, and are wiped with the
/// last copy. No description shows them; ``pem(_:)``, ``jwk()``, ``streamPEM()`` and ``streamJWK()`` write them out.
public struct SigningKey: Sendable {
    /// The `kid` of every token this key signs.
    public let id: KeyID
    /// Whether the material carried no id and ``id`` was computed from the key's thumbprint (RFC 7638). Tokens signed
    /// under such an id are valid where the key is known by the same id. Cloudflare knows it by another.
    public let hasDerivedID: Bool

    let handle: RSAKeyHandle
    /// The public half, to verify with.
    public let verificationKey: VerificationKey

    init(handle: RSAKeyHandle, id: KeyID, hasDerivedID: Bool) throws(KeyError) {
        self.handle = handle
        self.id = id
        self.hasDerivedID = hasDerivedID
        verificationKey = VerificationKey(handle: try handle.publicHalf(), id: id, hasDerivedID: hasDerivedID)
    }

    /// The size of the modulus.
    public var bits: Int { handle.bits }

    /// Makes a new key, which takes about 120 ms of a core at 2048 bits and ten times that at 4096.
    /// - Parameters:
    ///   - id: the key's name; a random one if nil.
    ///   - bits: an even number from 2048 to 8192. Stream's own keys have 2048.
    /// - Throws: ``KeyError``: `unsupported` for any other size, `unavailable` if OpenSSL fails.
    public static func generate(id: KeyID? = nil, bits: Int = 2048) throws(KeyError) -> SigningKey {
        guard (2048...8192).contains(bits) else {
            throw KeyError(.unsupported, "an RSA key has 2048 to 8192 bits, not \(bits)")
        }
        // Both primes have half of the bits: OpenSSL would make the next smaller size, and not say so.
        guard bits.isMultiple(of: 2) else {
            throw KeyError(.unsupported, "an RSA key has an even number of bits: \(bits - 1) or \(bits + 1)")
        }
        let name = if let id { id } else { try KeyID.random() }
        return try SigningKey(handle: try .generate(bits: bits), id: name, hasDerivedID: false)
    }

    /// Reads a private key in any common form: PEM or DER (PKCS#1 or PKCS#8), JWK, a JWKS, the API's JSON
    /// answer whole or its `result`, the JSON that another service puts around a key, and base64 of each of them.
    ///
    /// Byte order marks, quotes, indentation and escaped or missing line ends around it do not matter. Numbers, labels and
    /// JSON are read strictly.
    /// - Parameters:
    ///   - text: at most 4 MiB.
    ///   - id: the key's id, even if the material has another; nil takes the material's own, or one derived from the thumbprint.
    ///     Of a set with several keys it is the one of this id.
    ///   - limits: what the key may be. They are looked at before it is checked, and so is whether there are several keys.
    /// - Throws: ``KeyError`` saying what is wrong with it, or what it is if it is not a key, with the command that makes one.
    public init(
        importing text: some Collection<UInt8>, id: KeyID? = nil, limits: KeyLimits = KeyLimits()
    ) throws(KeyError) {
        let key = try KeyMaterial.single(text, id: id, limits)
        guard key.handle.isPrivate else {
            throw KeyError(.notPrivate, "this is a public key, and signing needs the private one")
        }
        let (name, isDerived) = try key.name(given: id)
        try self.init(handle: key.handle, id: name, hasDerivedID: isDerived)
    }

    /// As ``init(importing:id:limits:)-(Collection<UInt8>,_,_)``, from text.
    public init(importing text: String, id: KeyID? = nil, limits: KeyLimits = KeyLimits()) throws(KeyError) {
        try self.init(importing: Array(text.utf8), id: id, limits: limits)
    }
}

extension SigningKey {
    /// The private key as PEM text with a trailing newline.
    public func pem(_ encoding: PrivateKeyEncoding = .pkcs1) throws(KeyError) -> SecretBytes {
        try PEM.write(encoding.shimEncoding, der: handle.export(encoding.shimEncoding))
    }

    /// The private key as a compact JWK, its members in Stream's order.
    public func jwk() throws(KeyError) -> SecretBytes {
        try JSONWebKey.writePrivate(handle, id: id)
    }

    /// The `pem` of Stream's API: base64 of the PKCS#1 PEM, trailing newline included.
    public func streamPEM() throws(KeyError) -> SecretBytes {
        Base64.standard.encode(try pem(.pkcs1))
    }

    /// The `jwk` of Stream's API: base64 of the compact JWK.
    public func streamJWK() throws(KeyError) -> SecretBytes {
        Base64.standard.encode(try jwk())
    }

    /// The `result` of Stream's answer to a create: `{"id":…,"pem":…,"jwk":…,"created":…}`.
    public func streamJSON(created: NumericDate) throws(KeyError) -> SecretBytes {
        var head = JSONWriter()
        head.object {
            $0.name("id")
            $0.string(id.rawValue)
        }
        return SecretBytes(joining: [
            SecretBytes(copying: Array(head.bytes.dropLast())),
            SecretBytes(copying: Array(",\"pem\":\"".utf8)), try streamPEM(),
            SecretBytes(copying: Array("\",\"jwk\":\"".utf8)), try streamJWK(),
            SecretBytes(copying: Array("\",\"created\":\"\(created)\"}".utf8)),
        ])
    }
}

extension SigningKey: Equatable {
    /// The same key under the same id.
    public static func == (left: SigningKey, right: SigningKey) -> Bool {
        left.verificationKey == right.verificationKey
    }
}

extension SigningKey: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// Id and size, and nothing of the key.
    public var description: String { "SigningKey(\(id), \(bits) bits)" }
    /// As ``description``.
    public var debugDescription: String { description }
    /// Id and size, and nothing of the key.
    public var customMirror: Mirror { Mirror(self, children: ["id": id.rawValue, "bits": bits]) }
}
