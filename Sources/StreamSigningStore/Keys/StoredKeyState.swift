public import StreamSigning

/// The state of a key that was changed or used, for an archive.
public struct StoredKeyState: Sendable, Hashable {
    /// The key.
    public let id: KeyID
    /// Its state.
    public let state: KeyState
    /// The change that says so; nil if at most the name was changed.
    public let change: ChangeNumber?
    /// When its tokens were let in; nil if no gate has reported any.
    public let use: KeyUse?

    /// The state of a key.
    public init(id: KeyID, state: KeyState, change: ChangeNumber?, use: KeyUse? = nil) {
        self.id = id
        self.state = state
        self.change = change
        self.use = use
    }
}
