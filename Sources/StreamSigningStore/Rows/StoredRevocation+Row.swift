package import StreamSigning

extension Revocation {
    /// The columns of ``init(_:readingReason:)``; a reason is in the column after them.
    package static let columns = "id, kind, subject, issued_before, until, created"

    /// Inlinable for the same reason as ``RowReader``.
    @inlinable
    package init(_ row: inout RowReader<some StoredRow>, readingReason: Bool = false) throws(StoreError) {
        guard let id = RevocationID(try row.text()) else { throw .unreadable }
        let (kind, subject): (RevocationSubject.Kind, String) = (try row.word(), try row.text())
        let (issuedBefore, until, created) = (try row.optionalTime(), try row.time(), try row.time())
        let reason = try readingReason ? row.optionalText() : nil
        do throws(InvalidRevocation) {
            try self.init(
                id: id, subject: RevocationSubject(kind, subject), issuedBefore: issuedBefore, until: until,
                created: created, reason: reason)
        } catch {
            throw .unreadable
        }
    }
}

extension StoredRevocation {
    /// The columns of ``init(_:)`` and ``values``.
    package static let columns = "position, account, lifted, \(Revocation.columns), reason"

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        let (number, account) = (try row.changeNumber(), try row.account())
        let lifted = try row.optional { row throws(StoreError) in try row.changeNumber() }
        self.init(
            number: number, account: account, revocation: try Revocation(&row, readingReason: true), lifted: lifted)
    }

    package var values: [StoredValue] {
        [
            .integer(number.rawValue), .account(account), .integer(lifted?.rawValue),
            .text(revocation.id.rawValue), .text(revocation.subject.kind.rawValue), .text(revocation.subject.id),
            .time(revocation.issuedBefore), .time(revocation.until), .time(revocation.created),
            .text(revocation.reason),
        ]
    }
}
