internal import StreamSigning

/// Consecutive events of an audit log in little room, without losing any: some 13 bytes an event, where a row takes 160.
///
/// What repeats is written once (who did what from where), a time as the distance from the one before, an id in hexadecimal
/// as bytes, and of the digests only the last: the others follow from it and from the events.
package struct AuditSegment: Sendable, Equatable {
    /// The number of the first event.
    package let first: Int64
    /// The number of the last event.
    package let last: Int64
    /// The digest of the last event.
    package let digest: [UInt8]
    /// The events.
    package let packed: [UInt8]

    /// A segment as it is stored.
    package init(first: Int64, last: Int64, digest: [UInt8], packed: [UInt8]) {
        self.first = first
        self.last = last
        self.digest = digest
        self.packed = packed
    }

    /// Packs events.
    /// - Parameters:
    ///   - events: consecutive, and at least one.
    ///   - previous: the digest of the event before them, or ``AuditChain/start``.
    /// - Throws: ``StoreError``: `corrupt` if they do not fit together: a log that was tampered with is left as it is, so that
    ///   the place still shows.
    package init(_ events: [RecordedEvent], after previous: [UInt8]) throws(StoreError) {
        guard let first = events.first, let last = events.last else { throw StoreError(.corrupt, "no events to pack") }
        let before = first.sequence > 1 ? RecordedEvent(sequence: first.sequence - 1, digest: previous) : nil
        let broken: Int64?
        do throws(KeyError) {
            broken = try AuditChain.firstBreak(in: events, after: before)
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
        if let broken { throw StoreError(.corrupt, "event \(broken) of the audit log does not fit those before it") }
        var writer = AuditPacker()
        for event in events { writer.append(event.event) }
        self.init(first: first.sequence, last: last.sequence, digest: last.digest, packed: writer.bytes)
    }

    /// The events with their digests.
    /// - Parameter previous: the digest of the event before them, or ``AuditChain/start``.
    /// - Throws: ``StoreError``: `corrupt` if they cannot be read. Events that were changed can, but then the chain breaks at
    ///   the last of them.
    package func events(after previous: [UInt8]) throws(StoreError) -> [RecordedEvent] {
        var reader = AuditUnpacker(packed)
        var events: [RecordedEvent] = []
        var digest = previous
        for event in try reader.events() {
            let recorded = try AuditChain.record(event, sequence: first + Int64(events.count), after: digest)
            digest = recorded.digest
            events.append(recorded)
        }
        guard let end = events.popLast(), end.sequence == last else {
            throw StoreError(.corrupt, "a segment of the audit log has another number of events than it says")
        }
        return events + [RecordedEvent(sequence: end.sequence, event: end.event, digest: self.digest)]
    }
}

extension RecordedEvent {
    /// An event of which only the digest matters, for those that come after it.
    fileprivate init(sequence: Int64, digest: [UInt8]) {
        self.init(
            sequence: sequence,
            event: AuditEvent(time: 0, action: .keyCreated, account: nil, subject: nil, actor: ""), digest: digest)
    }
}
