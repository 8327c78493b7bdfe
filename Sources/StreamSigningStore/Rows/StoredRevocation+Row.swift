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
        let reason = readingReason ? try row.optionalText() : nil
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

/// The questions about revocations that both databases are asked.
extension RevocationQuery {
    private static let inForce = """
        SELECT \(Revocation.columns), reason FROM revocation
        WHERE account = $1 AND lifted IS NULL AND until > $2
        """

    /// One of an account's, by its id.
    package static let one = inForce + " AND id = $3"

    /// Those of an account before a position, the newest first.
    package static let all = inForce + " AND position < $3 ORDER BY position DESC LIMIT $4"

    /// As ``all``, of one subject.
    package static let ofSubject =
        inForce + " AND position < $3 AND kind = $4 AND subject = $5 ORDER BY position DESC LIMIT $6"

    /// The position of the revocation to go on after, in force or not.
    package static let position = "SELECT position FROM revocation WHERE account = $1 AND id = $2"

    /// The values of ``all`` or ``ofSubject``, whichever it takes.
    /// - Parameter position: of the revocation to go on after.
    package func values(of account: AccountID, at time: NumericDate, before position: Int64?) -> [StoredValue] {
        let filter: [StoredValue] = subject.map { [.text($0.kind.rawValue), .text($0.id)] } ?? []
        return [.account(account), .time(time), .integer(position ?? .max)] + filter + [.limit(limit)]
    }
}
