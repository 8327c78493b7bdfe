public import StreamSigning

/// The state of a key that was changed, for an archive.
public struct StoredKeyState: Sendable, Hashable {
    /// The key.
    public let id: KeyID
    /// Its state.
    public let state: KeyState
    /// The change that says so; nil if only the name was changed.
    public let change: ChangeNumber?

    /// The state of a key.
    public init(id: KeyID, state: KeyState, change: ChangeNumber?) {
        self.id = id
        self.state = state
        self.change = change
    }
}
