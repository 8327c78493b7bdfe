package import StreamSigning

extension Revocation {
    /// The columns of ``RowReader/revocation(readingReason:)``; a reason is in the column after them.
    package static let columns = "id, kind, subject, issued_before, until, created"
}

extension RowReader {
    /// A revocation, in ``Revocation/columns`` and perhaps one more.
    ///
    /// Always inlined: the optimiser leaves it generic otherwise, and a node that starts may have a million to read.
    @inlinable @inline(__always)
    package mutating func revocation(readingReason: Bool = false) throws(StoreError) -> Revocation {
        guard let id = RevocationID(try text()) else { throw .unreadable }
        let (kind, subject): (RevocationSubject.Kind, String) = (try word(), try text())
        let (issuedBefore, until, created) = (try optionalTime(), try time(), try time())
        let reason = try readingReason ? optionalText() : nil
        do throws(InvalidRevocation) {
            return try Revocation(
                id: id, subject: RevocationSubject(recorded: kind, subject), issuedBefore: issuedBefore, until: until,
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
            number: number, account: account, revocation: try row.revocation(readingReason: true), lifted: lifted)
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
