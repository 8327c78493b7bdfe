public import StreamSigning

/// What ties the events of an audit log together: each has the SHA-256 of its contents and of the digest before it.
///
/// An event that was changed, removed or slipped in breaks the chain from there on. It does not show that the newest
/// events were cut off, nor that someone with write access to the database computed the whole chain again. To exclude that,
/// keep the last digest, or a copy of the log, elsewhere.
public enum AuditChain {
    /// What takes the place of a digest before the first event.
    public static let start = [UInt8](repeating: 0, count: 32)

    /// The digest of an event.
    /// - Parameter previous: the digest of the event before it, or ``start``.
    /// - Throws: ``/StreamSigning/KeyError``: `unavailable` if OpenSSL fails.
    public static func digest(
        of event: AuditEvent, sequence: Int64, after previous: [UInt8]
    ) throws(KeyError) -> [UInt8] {
        var bytes = previous
        append(sequence, to: &bytes)
        append(event.time.microseconds, to: &bytes)
        for field in [
            event.action.rawValue, event.account?.rawValue, event.recordedSubject, event.actor, event.address,
        ] {
            // A length before each field, or two logs could run together to the same bytes; -1 is for a missing field.
            append(Int64(field?.utf8.count ?? -1), to: &bytes)
            bytes.append(contentsOf: (field ?? "").utf8)
        }
        return try Digest.sha256(bytes)
    }

    /// An event as the next one of the log.
    /// - Parameter previous: the digest of the event before it, or ``start``.
    /// - Throws: ``StoreError``: `unavailable` if OpenSSL fails.
    package static func record(
        _ event: AuditEvent, sequence: Int64, after previous: [UInt8]
    ) throws(StoreError) -> RecordedEvent {
        do throws(KeyError) {
            let digest = try digest(of: event, sequence: sequence, after: previous)
            return RecordedEvent(sequence: sequence, event: event, digest: digest)
        } catch {
            throw StoreError(.unavailable, error.reason)
        }
    }

    /// Checks events that follow one another.
    /// - Parameters:
    ///   - events: in order.
    ///   - last: the event before the first of them; nil if that is the first of the log.
    /// - Returns: the sequence number of the first event that does not fit; nil if all do.
    public static func firstBreak(
        in events: some Sequence<RecordedEvent>, after last: RecordedEvent?
    ) throws(KeyError) -> Int64? {
        var (sequence, previous) = (last?.sequence ?? 0, last?.digest ?? start)
        for recorded in events {
            sequence += 1
            let digest = try digest(of: recorded.event, sequence: sequence, after: previous)
            guard recorded.sequence == sequence, recorded.digest == digest else { return sequence }
            previous = recorded.digest
        }
        return nil
    }

    private static func append(_ number: Int64, to bytes: inout [UInt8]) {
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
    }
}
