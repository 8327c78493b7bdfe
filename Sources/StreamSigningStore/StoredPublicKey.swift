public import StreamSigning
import Synchronization

/// The public half of a key as it comes out of a store: bytes, which become a ``/StreamSigning/VerificationKey`` when first
/// asked.
///
/// Making a key of the bytes takes some 20 µs and several times their memory, too much for 100,000 keys at the start of a
/// node. A value is shared, not copied: the key is made once for all who hold it.
public final class StoredPublicKey: Sendable {
    /// The key's id.
    public let id: KeyID
    /// The key as PKCS#1 DER (RFC 8017 A.1.1).
    package let der: [UInt8]
    /// Whether it is the service's own, by which session tokens are believed.
    public let signsSessions: Bool
    /// What the key's thumbprint must be; nil if that is not checked.
    private let thumbprint: [UInt8]?
    private let parsed = AtomicLazyReference<Parsed>()

    /// A key from a store.
    /// - Parameter thumbprint: the one that was stored beside the key. A key with another does not become one to verify with.
    package init(id: KeyID, der: [UInt8], signsSessions: Bool = false, thumbprint: [UInt8]? = nil) {
        self.id = id
        self.der = der
        self.signsSessions = signsSessions
        self.thumbprint = thumbprint
    }

    /// A key that is about to be stored.
    public convenience init(_ key: VerificationKey) throws(KeyError) {
        self.init(id: key.id, der: try key.pkcs1DER(), signsSessions: key.signsSessions)
        _ = parsed.storeIfNil(Parsed(key))
    }

    /// The key to verify with. Only the first call on any thread costs anything.
    /// - Throws: ``/StreamSigning/KeyError`` if the bytes are not a key; a sound database holds none of that kind.
    public func verificationKey() throws(KeyError) -> VerificationKey {
        if let parsed = parsed.load() { return parsed.key }
        let key = try VerificationKey(pkcs1DER: der, id: id, signsSessions: signsSessions)
        if let thumbprint, try key.thumbprintBytes() != thumbprint {
            throw KeyError(.inconsistent, "the key is not the one that was stored")
        }
        return parsed.storeIfNil(Parsed(key)).key
    }

    /// The columns of ``RowReader/publicKey()``.
    package static let columns = "id, public_key, \(signsSessionsColumn)"
    /// The columns of ``RowReader/checkedPublicKey()``.
    package static let checkedColumns = "\(columns), thumbprint"
    package static let signsSessionsColumn = "origin = '\(StoredKey.Origin.service.rawValue)'"

    /// Whether both are the same RSA key, whatever their ids. Keys have one DER each.
    public func isSameKey(as other: StoredPublicKey) -> Bool {
        der == other.der
    }

    private final class Parsed: Sendable {
        let key: VerificationKey

        init(_ key: VerificationKey) {
            self.key = key
        }
    }
}

extension StoredPublicKey: Equatable {
    /// The same key under the same id.
    public static func == (left: StoredPublicKey, right: StoredPublicKey) -> Bool {
        left.id == right.id && left.der == right.der
    }
}
