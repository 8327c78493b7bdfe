/// Who did what, and when. Other protocols take an ``AuditEvent`` with each change; here are the rest, and reading.
public protocol AuditLog: Sendable {
    /// Adds an event that comes with no other change.
    func append(_ event: AuditEvent) async throws(StoreError)

    /// Events in order.
    /// - Parameters:
    ///   - sequence: those after this number.
    ///   - limit: at most this many.
    func audit(after sequence: Int64, limit: Int) async throws(StoreError) -> [RecordedEvent]
}
