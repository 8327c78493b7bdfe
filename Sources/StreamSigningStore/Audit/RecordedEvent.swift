/// An event and its position in the log.
public struct RecordedEvent: Sendable, Hashable {
    /// 1 for the first event, without gaps.
    public let sequence: Int64
    /// The event.
    public let event: AuditEvent
    /// What ``AuditChain`` computes of it and of every event before it: 32 bytes.
    public let digest: [UInt8]

    /// An event of the log.
    public init(sequence: Int64, event: AuditEvent, digest: [UInt8]) {
        self.sequence = sequence
        self.event = event
        self.digest = digest
    }
}
