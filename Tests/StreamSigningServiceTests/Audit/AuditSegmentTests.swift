import StreamSigning
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningStore

@Suite("A segment of the audit log")
struct AuditSegmentTests {
    private func record(_ events: [AuditEvent]) throws -> [RecordedEvent] {
        try events.reduce(into: []) { recorded, event in
            recorded.append(
                try AuditChain.record(
                    event, sequence: Int64(recorded.count) + 1, after: recorded.last?.digest ?? AuditChain.start))
        }
    }

    private func event(
        _ action: AuditEvent.Action = .keyImported, subject: String? = nil, at time: NumericDate = Sample.time,
        account: AccountID? = Sample.account(), actor: String = "c0ffee", address: String? = "192.0.2.1"
    ) -> AuditEvent {
        AuditEvent(time: time, action: action, account: account, subject: subject, actor: actor, address: address)
    }

    @Test("gives back the events that were put into it, with their digests")
    func roundTrip() throws {
        let hex = "0123456789abcdef0123456789abcdef"
        let events = try record([
            event(subject: hex), event(.keyDeleted, subject: hex, at: Sample.time + .microseconds(1)),
            event(subject: "studio-2026", at: Sample.time - .seconds(1)), event(subject: nil),
            event(subject: ""), event(subject: "ABCDEF"), event(subject: "abc"), event(subject: "0a"),
            event(subject: "caf\u{E9}"), event(subject: "cafe\u{301}"), event(subject: "caf\u{E9}"),
            event(.credentialCreated, account: nil, actor: "", address: nil), event(at: .earliest), event(at: .latest),
            event(.masterKeyRotated, account: .all, actor: "cli", address: "2001:db8::1"), event(subject: hex),
            event(at: Sample.time + .nanoseconds(1_999)), event(subject: String(repeating: "k", count: 255)),
        ])
        // Finer than a microsecond is cut off by every store.
        let stored = events.map { recorded in
            let event = recorded.event
            return RecordedEvent(
                sequence: recorded.sequence,
                event: AuditEvent(
                    time: NumericDate(microseconds: event.time.microseconds), action: event.action,
                    account: event.account, subject: event.subject, actor: event.actor, address: event.address),
                digest: recorded.digest)
        }
        for (start, end) in [(0, events.count), (3, 11), (5, 6), (10, events.count)] {
            let previous = start == 0 ? AuditChain.start : events[start - 1].digest
            let segment = try AuditSegment(Array(events[start..<end]), after: previous)
            #expect(segment.first == Int64(start) + 1 && segment.last == Int64(end))
            let unpacked = try segment.events(after: previous)
            #expect(unpacked == Array(stored[start..<end]))
            // `==` of texts would also hold for those that Unicode calls equivalent.
            #expect(unpacked.map(subject) == stored[start..<end].map(subject))
        }
    }

    private func subject(_ recorded: RecordedEvent) -> [UInt8]? {
        recorded.event.subject.map { Array($0.utf8) }
    }

    @Test("takes 14 bytes an event where keys come and go")
    func size() throws {
        let events = try record(
            try (0..<512).flatMap { index in
                let id = try KeyID.random().rawValue
                let time = Sample.time + .milliseconds(1_700 * index)
                return [event(subject: id, at: time), event(.keyDeleted, subject: id, at: time + .microseconds(900))]
            })
        let segment = try AuditSegment(events, after: AuditChain.start)
        #expect(segment.packed.count <= 14 * events.count)
        #expect(try segment.events(after: AuditChain.start) == events)
    }

    @Test("is not made of a log that was tampered with")
    func tampered() throws {
        let events = try record((0..<8).map { event(subject: "\($0)") })
        var changed = events
        changed[4] = RecordedEvent(sequence: 5, event: event(subject: "other"), digest: events[4].digest)
        for broken in [changed, Array(events.dropFirst()), Array(events[..<3] + events[4...]), []] {
            #expect(throws: StoreError(.corrupt, "")) { try AuditSegment(broken, after: AuditChain.start) }
        }
        #expect(throws: StoreError(.corrupt, "")) {
            try AuditSegment(Array(events[2...]), after: events[0].digest)
        }
    }

    @Test("that was changed breaks the chain, or cannot be read at all")
    func changed() throws {
        let events = try record((0..<8).map { event(subject: "subject \($0)", at: Sample.time + .seconds($0)) })
        let segment = try AuditSegment(events, after: AuditChain.start)
        var broken = 0
        for index in segment.packed.indices {
            for bit in 0..<8 {
                var packed = segment.packed
                packed[index] ^= 1 << UInt8(bit)
                let changed = AuditSegment(first: 1, last: 8, digest: segment.digest, packed: packed)
                guard let read = try? changed.events(after: AuditChain.start) else { continue }
                #expect(try AuditChain.firstBreak(in: read, after: nil) != nil, "byte \(index), bit \(bit)")
                broken += 1
            }
        }
        #expect(broken > 0)
        let elsewhere = try segment.events(after: [UInt8](repeating: 1, count: 32))
        #expect(try AuditChain.firstBreak(in: elsewhere, after: nil) == 1)
    }

    @Test(
        "that nobody wrote is refused",
        arguments: [
            [], [0], [2], [1], [1, 0], [1, 1], [1, 0x80], [1] + [UInt8](repeating: 0xFF, count: 10) + [0],
            [1, 0, 255, 255, 255, 255, 255, 255, 255, 255, 255, 1],
        ] as [[UInt8]])
    func malformed(packed: [UInt8]) {
        let segment = AuditSegment(first: 1, last: 1, digest: AuditChain.start, packed: packed)
        #expect(throws: StoreError(.corrupt, "")) { try segment.events(after: AuditChain.start) }
    }
}
