internal import COpenSSLShim

/// An RSA public key that verifies playback tokens, and the id those tokens name it by.
public struct VerificationKey: Sendable {
    /// The `kid` this key answers to.
    public let id: KeyID
    /// Whether the material carried no id and ``id`` was computed from the key's thumbprint (RFC 7638).
    public let hasDerivedID: Bool

    /// Whether it is a node's own key, by which session tokens are believed. A key set says so with
    /// `"streamSigning":{"sessions":true}` in the JWK: take key sets from your own service only.
    public let signsSessions: Bool

    let handle: RSAKeyHandle

    init(handle: RSAKeyHandle, id: KeyID, hasDerivedID: Bool, signsSessions: Bool = false) {
        self.handle = handle
        self.id = id
        self.hasDerivedID = hasDerivedID
        self.signsSessions = signsSessions
    }

    init(_ key: KeyMaterial.Key, id: KeyID?) throws(KeyError) {
        let (name, isDerived) = try key.name(given: id)
        let half = key.handle.isPrivate ? try key.handle.publicHalf() : key.handle
        self.init(handle: half, id: name, hasDerivedID: isDerived, signsSessions: key.signsSessions)
    }

    /// The size of the modulus.
    public var bits: Int { handle.bits }

    /// Reads a key in any common form, as ``SigningKey`` does; of a private key only the public half is kept.
    /// - Parameters:
    ///   - text: at most 4 MiB.
    ///   - id: the key's id, even if the material has another; nil takes the material's own, or one derived from the thumbprint.
    ///     Of a set with several keys it is the one of this id.
    ///   - limits: what the key may be. They are looked at before it is checked, and so is whether there are several keys.
    /// - Throws: ``KeyError`` saying what is wrong with it.
    public init(
        importing text: some Collection<UInt8>, id: KeyID? = nil, limits: KeyLimits = KeyLimits()
    ) throws(KeyError) {
        try self.init(KeyMaterial.single(text, id: id, limits), id: id)
    }

    /// As ``init(importing:id:limits:)-(Collection<UInt8>,_,_)``, from text.
    public init(importing text: String, id: KeyID? = nil, limits: KeyLimits = KeyLimits()) throws(KeyError) {
        try self.init(importing: Array(text.utf8), id: id, limits: limits)
    }

    /// The key as PEM text with a trailing newline.
    public func pem(_ encoding: PublicKeyEncoding = .spki) throws(KeyError) -> String {
        try PEM.write(encoding.shimEncoding, der: handle.export(encoding.shimEncoding)).reveal()
    }

    /// The key as a compact JWK (RFC 7517).
    public func jwk() throws(KeyError) -> String {
        var writer = JSONWriter()
        try JSONWebKey.writePublic(self, into: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }

    /// The SHA-256 JWK thumbprint, as base64url (RFC 7638).
    public func thumbprint() throws(KeyError) -> String {
        Base64.url.encode(try JSONWebKey.thumbprint(handle))
    }

    /// The same key under another id.
    package func renamed(_ id: KeyID) -> VerificationKey {
        VerificationKey(handle: handle, id: id, hasDerivedID: false, signsSessions: signsSessions)
    }

    /// The same key, marked as a node's own or not.
    package func signingSessions(_ signsSessions: Bool = true) -> VerificationKey {
        VerificationKey(handle: handle, id: id, hasDerivedID: hasDerivedID, signsSessions: signsSessions)
    }

    /// Whether both are the same RSA key, whatever their ids.
    public func isSameKey(as other: VerificationKey) -> Bool {
        handle.isSameKey(as: other.handle)
    }
}

extension VerificationKey: Equatable {
    /// The same key under the same id.
    public static func == (left: VerificationKey, right: VerificationKey) -> Bool {
        left.id == right.id && left.isSameKey(as: right)
    }
}

extension VerificationKey: CustomStringConvertible {
    /// Id and size.
    public var description: String { "VerificationKey(\(id), \(bits) bits)" }
}
