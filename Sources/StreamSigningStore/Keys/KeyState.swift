public import StreamSigning

/// What can be changed of a key: what people call it, and whether its tokens are let in.
public struct KeyState: Sendable, Hashable {
    /// What people call it; nil if it has no name.
    public var name: String?
    /// Whether its tokens are let in, as long as it has not expired.
    public var isEnabled: Bool
    /// The first moment at which its tokens are no longer let in; nil if it does not expire.
    public var expires: NumericDate?

    /// The state of a new key.
    public init(name: String? = nil, isEnabled: Bool = true, expires: NumericDate? = nil) {
        self.name = name
        self.isEnabled = isEnabled
        self.expires = expires
    }

    /// Whether its tokens are let in at a time.
    public func isUsable(at now: NumericDate) -> Bool {
        isEnabled && !hasExpired(at: now)
    }

    private func hasExpired(at now: NumericDate) -> Bool {
        expires.map { $0 <= now } ?? false
    }

    /// The state after a change.
    ///
    /// A key that has expired is disabled from then on: a new expiry alone does not let its tokens in again.
    /// - Throws: ``InvalidKeyUpdate`` if it is to be enabled and has expired.
    public func updated(by update: KeyUpdate, at now: NumericDate) throws(InvalidKeyUpdate) -> KeyState {
        var state = self
        state.isEnabled = isUsable(at: now)
        if let name = update.name { state.name = name }
        if let expires = update.expires { state.expires = expires }
        if let isEnabled = update.isEnabled {
            guard !isEnabled || !state.hasExpired(at: now) else {
                throw InvalidKeyUpdate(
                    "the key has expired: to enable it, give a new `expires`, or null for none", at: "/expires")
            }
            state.isEnabled = isEnabled
        }
        return state
    }
}
