extension AuditSegment {
    /// The columns of ``values``.
    package static let columns = "first, last, digest, events"

    package var values: [StoredValue] {
        [.integer(first), .integer(last), .bytes(digest), .bytes(packed)]
    }

    /// A segment, and the digest that its events go on from.
    package struct Linked {
        let segment: AuditSegment
        let previous: [UInt8]

        package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
            segment = AuditSegment(
                first: try row.integer(), last: try row.integer(), digest: try row.bytes(), packed: try row.bytes())
            previous = try row.optional { row throws(StoreError) in try row.bytes() } ?? AuditChain.start
        }
    }

    /// Segments with events after `$1`, a few at a time.
    package static let selection = """
        SELECT \(columns), (SELECT digest FROM audit_segment earlier WHERE earlier.last = audit_segment.first - 1)
        FROM audit_segment WHERE last > $1 ORDER BY last LIMIT 8
        """

    /// The events that segments hold, in order.
    /// - Parameters:
    ///   - sequence: those after this number.
    ///   - limit: at most this many.
    ///   - read: what ``selection`` answers.
    package static func events(
        after sequence: Int64, limit: Int, _ read: (_ sequence: Int64) throws -> [Linked]
    ) throws -> [RecordedEvent] {
        var events: [RecordedEvent] = []
        var end = sequence
        while events.count < limit {
            let segments = try read(end)
            guard let last = segments.last else { break }
            for linked in segments where events.count < limit {
                let wanted = try linked.segment.events(after: linked.previous).drop { $0.sequence <= sequence }
                events += wanted.prefix(limit - events.count)
            }
            end = last.segment.last
        }
        return events
    }
}
