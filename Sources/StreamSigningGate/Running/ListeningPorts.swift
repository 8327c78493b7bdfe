/// The ports that a service has taken, which matters where it was left to choose.
public struct ListeningPorts: Sendable, Hashable {
    /// The port of the API, or of the probes of a gate that other nodes feed.
    public let api: Int
    /// The gate's port; nil without a gate.
    public let gate: Int?
}
