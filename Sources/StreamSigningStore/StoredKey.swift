public import StreamSigning

/// A key as a store keeps it: the public half, and a sealed private one for the key that the service itself signs with.
public struct StoredKey: Sendable {
    /// Whose key it is.
    public let account: AccountID
    /// The public half, under the key's id.
    public let key: VerificationKey
    /// When it was created or imported.
    public let created: NumericDate
    /// How it came here.
    public let origin: Origin
    /// The private half, sealed; only for ``Origin/service``.
    public let sealed: SealedKey?
    /// With ``Origin/service``: the newest service key of the account, which this one is to follow; nil if there must be none. So
    /// two nodes that make one at once don't both add it.
    public let predecessor: KeyID?

    /// How a key came into the store.
    public enum Origin: String, Sendable {
        /// Made here and handed out.
        case created
        /// Brought by the customer.
        case imported
        /// The service's own, for tokens it signs without being given a key.
        case service
    }

    /// A key to keep.
    public init(
        account: AccountID, key: VerificationKey, created: NumericDate, origin: Origin, sealed: SealedKey? = nil,
        predecessor: KeyID? = nil
    ) {
        self.account = account
        // Whatever a customer's key says of itself, it is not the service's.
        self.key = key.signingSessions(origin == .service)
        self.created = created
        self.origin = origin
        self.sealed = sealed
        self.predecessor = predecessor
    }
}

/// What a list shows of a key.
public struct KeyListing: Sendable, Hashable {
    /// The key's id.
    public let id: KeyID
    /// When it was created or imported.
    public let created: NumericDate

    /// One row of a list.
    public init(id: KeyID, created: NumericDate) {
        self.id = id
        self.created = created
    }
}
