/// What a live node has said of itself.
public struct NodeConfirmation: Sendable, Equatable {
    /// Which node.
    public let node: NodeID
    /// Every change up to this one is in force there.
    public let number: ChangeNumber
    /// How long ago it said so.
    public let age: Duration

    /// A confirmation.
    public init(node: NodeID, number: ChangeNumber, age: Duration) {
        self.node = node
        self.number = number
        self.age = age
    }
}
