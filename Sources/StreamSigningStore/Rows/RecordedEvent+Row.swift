internal import StreamSigning

extension RecordedEvent {
    /// The columns of ``init(_:)`` and ``values``.
    package static let columns = "sequence, digest, time, action, account, subject, actor, address"

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        let (sequence, digest) = (try row.integer(), try row.bytes())
        let (time, action): (NumericDate, AuditEvent.Action) = (try row.time(), try row.word())
        let account = try row.optional { row throws(StoreError) in try row.account() }
        let (subject, fingerprint) = AuditEvent.parts(ofRecordedSubject: try row.optionalText())
        self.init(
            sequence: sequence,
            event: AuditEvent(
                time: time, action: action, account: account, subject: subject, actor: try row.text(),
                address: try row.optionalText(), fingerprint: fingerprint),
            digest: digest)
    }

    package var values: [StoredValue] {
        [
            .integer(sequence), .bytes(digest), .time(event.time), .text(event.action.rawValue),
            .account(event.account), .text(event.recordedSubject), .text(event.actor), .text(event.address),
        ]
    }
}
