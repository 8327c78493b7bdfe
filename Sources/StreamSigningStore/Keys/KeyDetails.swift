public import StreamSigning

/// A key that is not deleted, with its state.
public struct KeyDetails: Sendable, Hashable {
    /// The key's id.
    public let id: KeyID
    /// When it was created or imported.
    public let created: NumericDate
    /// Whether it is the service's own: deleting it ends what the service signed with it, tokens and sessions.
    public let isServiceKey: Bool
    /// What can be changed of it.
    public let state: KeyState
    /// When its tokens were let in; nil if no gate has reported any.
    public let use: KeyUse?

    /// A key of a list.
    public init(
        id: KeyID, created: NumericDate, isServiceKey: Bool = false, state: KeyState = KeyState(), use: KeyUse? = nil
    ) {
        self.id = id
        self.created = created
        self.isServiceKey = isServiceKey
        self.state = state
        self.use = use
    }
}
