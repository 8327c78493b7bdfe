extension RecordedEvent {
    /// The columns of ``init(_:)`` and ``values``.
    package static let columns = "sequence, digest, time, action, account, subject, actor, address"

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        let (sequence, digest) = (try row.integer(), try row.bytes())
        self.init(
            sequence: sequence,
            event: AuditEvent(
                time: try row.time(), action: try row.word(),
                account: try row.optional { row throws(StoreError) in try row.account() },
                subject: try row.optionalText(), actor: try row.text(), address: try row.optionalText()),
            digest: digest)
    }

    package var values: [StoredValue] {
        [
            .integer(sequence), .bytes(digest), .time(event.time), .text(event.action.rawValue),
            .account(event.account), .text(event.subject), .text(event.actor), .text(event.address),
        ]
    }
}
