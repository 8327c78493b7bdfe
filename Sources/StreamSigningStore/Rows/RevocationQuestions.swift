package import StreamSigning

/// The questions about revocations that both databases are asked.
package enum RevocationQuestions {
    /// Those in force, for snapshots.
    package static let all = "SELECT account, \(Revocation.columns) FROM revocation WHERE lifted IS NULL"

    private static let inForce = """
        SELECT \(Revocation.columns), reason FROM revocation
        WHERE account = $1 AND lifted IS NULL AND until > $2
        """

    /// One of an account's, by its id.
    package static let one = inForce + " AND id = $3"

    /// Those of an account before a position, the newest first.
    package static let page = inForce + " AND position < $3 ORDER BY position DESC LIMIT $4"

    /// As ``page``, of one subject.
    package static let pageOfSubject =
        inForce + " AND position < $3 AND kind = $4 AND subject = $5 ORDER BY position DESC LIMIT $6"

    /// The values of ``page`` or, with a subject, of ``pageOfSubject``.
    /// - Parameter position: nil for the newest.
    package static func pageValues(
        of account: AccountID, _ subject: RevocationSubject?, before position: Int64?, limit: Int, at time: NumericDate
    ) -> [StoredValue] {
        let filter: [StoredValue] = subject.map { [.text($0.kind.rawValue), .text($0.id)] } ?? []
        return [.account(account), .time(time), .integer(position ?? .max)] + filter + [.limit(limit)]
    }

    /// The position of the one that a page goes on after, in force or not.
    package static let position = "SELECT position FROM revocation WHERE account = $1 AND id = $2"

    /// One that is to be lifted.
    package static let liftable = """
        SELECT \(StoredRevocation.columns) FROM revocation
        WHERE account = $1 AND id = $2 AND lifted IS NULL AND until > $3
        """

    /// How many an account has that are not removed yet, lifted ones included.
    package static let count = "SELECT number FROM revocation_count WHERE account = $1"

    /// Checks that an account has room for more.
    /// - Parameter present: what ``count`` says.
    package static func requireRoom(for added: Int, beside present: Int64, limit: Int) throws(StoreError) {
        guard present + Int64(added) <= limit else {
            throw StoreError(.limitReached, "the account has \(present) revocations, and may have \(limit)")
        }
    }

    /// Those that have ended, the earliest first.
    package static let ended = """
        SELECT position, account, lifted FROM revocation WHERE until <= $1 ORDER BY until, position LIMIT $2
        """
}

/// What a store has to know of a revocation to forget it.
package struct EndedRevocation: Sendable {
    package let account: AccountID
    /// The changes that say of it: the one that added it is its position.
    package let changes: [ChangeNumber]

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        let (position, account) = (try row.changeNumber(), try row.account())
        let lifted = try row.optional { row throws(StoreError) in try row.changeNumber() }
        self.account = account
        changes = [position] + (lifted.map { [$0] } ?? [])
    }
}
