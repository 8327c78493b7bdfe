public import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``RevocationStore``.
    public func insert(
        _ revocations: [Revocation], of account: AccountID, limit: Int, at time: NumericDate, audit: [AuditEvent]
    ) async throws(StoreError) -> ChangeNumber {
        try await write { transaction in
            let present = try transaction.read(Self.count, [.account(account)])
                .first { row throws(StoreError) in try row.integer() }
            try RevocationQuestions.requireRoom(for: revocations.count, beside: present ?? 0, limit: limit)
            let numbers = try transaction.record(revocations.map { .added($0) }, of: account, at: time)
            try transaction.insert(
                zip(numbers, revocations).map { number, revocation in
                    StoredRevocation(number: number, account: account, revocation: revocation)
                })
            try transaction.append(audit)
            return transaction.lastChange
        }
    }

    /// See ``RevocationStore``.
    public func revocation(
        _ id: RevocationID, of account: AccountID, at time: NumericDate
    ) async throws(StoreError) -> Revocation? {
        try await read { connection, deadline in
            try connection.run(
                Self.one, [.account(account), .time(time), .text(id.rawValue)], by: deadline
            ).first { row throws(StoreError) in try row.revocation(readingReason: true) }
        }
    }

    /// See ``RevocationStore``.
    public func revocations(
        of account: AccountID, subject: RevocationSubject?, after id: RevocationID?, limit: Int, at time: NumericDate
    ) async throws(StoreError) -> [Revocation] {
        try await read { connection, deadline in
            var position: Int64?
            if let id {
                position = try connection.run(
                    Self.position, [.account(account), .text(id.rawValue)], by: deadline
                ).first { row throws(StoreError) in try row.integer() }
                guard position != nil else { throw StoreError(.notFound, "the account has no revocation of that id") }
            }
            return try connection.run(
                subject == nil ? Self.page : Self.pageOfSubject,
                RevocationQuestions.pageValues(of: account, subject, before: position, limit: limit, at: time),
                by: deadline
            ).map { row throws(StoreError) in try row.revocation(readingReason: true) }
        }
    }

    /// See ``RevocationStore``.
    public func lift(
        _ id: RevocationID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (revocation: Revocation, number: ChangeNumber) {
        try await write { transaction in
            let stored = try transaction.read(
                Self.liftable, [.account(account), .text(id.rawValue), .time(time)]
            ).first { row throws(StoreError) in try StoredRevocation(&row) }
            guard let stored else { throw StoreError(.notFound, "the account has no revocation of that id") }
            let lifted = try transaction.record([.lifted(stored.revocation)], of: account, at: time)[0]
            try transaction.write(
                Self.lift, [.integer(stored.number.rawValue), .integer(lifted.rawValue)])
            try transaction.append(audit)
            return (stored.revocation, lifted)
        }
    }

    /// See ``RevocationStore``.
    public func removeEndedRevocations(by time: NumericDate, limit: Int) async throws(StoreError) -> Int {
        // Usually there are none, and no other writer need wait.
        let hasEnded = try await read { connection, deadline in
            try !connection.run(Self.ended, [.time(time), .limit(1)], by: deadline).isEmpty
        }
        guard hasEnded else { return 0 }
        return try await write { transaction in
            let ended = try transaction.read(Self.ended, [.time(time), .limit(limit)])
                .map { row throws(StoreError) in try EndedRevocation(&row) }
            guard !ended.isEmpty else { return 0 }
            // Those that were read: who writes has the turn, so that no others have ended or been added.
            try transaction.write(Self.removeEnded, [.time(time), .limit(limit)])
            for (account, revocations) in Dictionary(grouping: ended, by: \.account) {
                try transaction.countRevocations(-Int64(revocations.count), of: account)
            }
            try transaction.forget(EndedChanges(ended.flatMap(\.changes)), at: time)
            return ended.count
        }
    }

    /// Those in force.
    static func revocationSets(
        _ connection: PostgreSQLConnection, by deadline: Deadline
    ) throws -> [AccountID: RevocationSet] {
        var sets = RevocationSets()
        try inForce.read(connection, by: deadline) { row throws(StoreError) in
            let account = try row.account()
            sets.add(try row.revocation(), of: account)
        }
        return sets.finish()
    }

    private static let count = PreparedStatement("revocation_count", RevocationQuestions.count)
    private static let one = PreparedStatement("find_revocation", RevocationQuestions.one)
    private static let page = PreparedStatement("revocations", RevocationQuestions.page)
    private static let pageOfSubject = PreparedStatement("revocations_of_subject", RevocationQuestions.pageOfSubject)
    private static let position = PreparedStatement("revocation_position", RevocationQuestions.position)
    private static let liftable = PreparedStatement("liftable_revocation", RevocationQuestions.liftable)
    private static let lift = PreparedStatement(
        "lift_revocation", "UPDATE revocation SET lifted = $2 WHERE position = $1")
    private static let ended = PreparedStatement("ended_revocations", RevocationQuestions.ended)
    private static let removeEnded = PreparedStatement(
        "remove_ended",
        """
        DELETE FROM revocation WHERE position IN (
            SELECT position FROM revocation WHERE until <= $1 ORDER BY until, position LIMIT $2)
        """)
    private static let inForce = PreparedCursor("revocations_in_force", RevocationQuestions.all)
}
