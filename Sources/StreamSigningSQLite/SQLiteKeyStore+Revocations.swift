internal import GRDB
public import StreamSigning
public import StreamSigningStore

extension SQLiteKeyStore {
    /// See ``RevocationStore``.
    public func insert(
        _ revocations: [Revocation], of account: AccountID, limit: Int, at time: NumericDate, audit: [AuditEvent]
    ) async throws(StoreError) -> ChangeNumber {
        try await write { db in
            let present = try db.row(RevocationQuestions.count, [.account(account)]) { row throws(StoreError) in
                try row.integer()
            }
            try RevocationQuestions.requireRoom(for: revocations.count, beside: present ?? 0, limit: limit)
            for revocation in revocations {
                let number = try db.recordChange(.added(revocation), of: account, at: time)
                try db.insert(StoredRevocation(number: number, account: account, revocation: revocation))
            }
            try db.countRevocations(Int64(revocations.count), of: account)
            try db.append(audit)
            return try db.lastChange()
        }
    }

    /// See ``RevocationStore``.
    public func revocation(
        _ id: RevocationID, of account: AccountID, at time: NumericDate
    ) async throws(StoreError) -> Revocation? {
        try await read { db in
            try db.row(
                RevocationQuestions.one, [.account(account), .time(time), .text(id.rawValue)]
            ) { row throws(StoreError) in try row.revocation(readingReason: true) }
        }
    }

    /// See ``RevocationStore``.
    public func revocations(
        of account: AccountID, subject: RevocationSubject?, after id: RevocationID?, limit: Int, at time: NumericDate
    ) async throws(StoreError) -> [Revocation] {
        try await read { db in
            var position: Int64?
            if let id {
                position = try db.row(
                    RevocationQuestions.position, [.account(account), .text(id.rawValue)]
                ) { row throws(StoreError) in try row.integer() }
                guard position != nil else { throw StoreError(.notFound, "the account has no revocation of that id") }
            }
            return try db.rows(
                subject == nil ? RevocationQuestions.page : RevocationQuestions.pageOfSubject,
                RevocationQuestions.pageValues(of: account, subject, before: position, limit: limit, at: time)
            ) { row throws(StoreError) in try row.revocation(readingReason: true) }
        }
    }

    /// See ``RevocationStore``.
    public func lift(
        _ id: RevocationID, of account: AccountID, at time: NumericDate, audit: AuditEvent
    ) async throws(StoreError) -> (revocation: Revocation, number: ChangeNumber) {
        try await write { db in
            let stored = try db.row(
                RevocationQuestions.liftable, [.account(account), .text(id.rawValue), .time(time)]
            ) { row throws(StoreError) in try StoredRevocation(&row) }
            guard let stored else { throw StoreError(.notFound, "the account has no revocation of that id") }
            let lifted = try db.recordChange(.lifted(stored.revocation), of: account, at: time)
            try db.run(
                "UPDATE revocation SET lifted = $1 WHERE position = $2",
                [.integer(lifted.rawValue), .integer(stored.number.rawValue)])
            try db.append(audit)
            return (stored.revocation, lifted)
        }
    }

    /// See ``RevocationStore``.
    public func removeEndedRevocations(by time: NumericDate, limit: Int) async throws(StoreError) -> Int {
        // Usually there are none, and no other writer need wait.
        let hasEnded = try await read { db in try !db.endedRevocations(by: time, limit: 1).isEmpty }
        guard hasEnded else { return 0 }
        return try await write { db in
            let ended = try db.endedRevocations(by: time, limit: limit)
            for revocation in ended {
                try db.run("DELETE FROM revocation WHERE position = $1", [.integer(revocation.changes[0].rawValue)])
                try db.countRevocations(-1, of: revocation.account)
            }
            try db.forget(EndedChanges(ended.flatMap(\.changes)), at: time)
            return ended.count
        }
    }
}

extension Database {
    func insert(_ revocation: StoredRevocation) throws {
        try run(
            """
            INSERT INTO revocation (\(StoredRevocation.columns)) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
            """, revocation.values)
    }

    func countRevocations(_ more: Int64, of account: AccountID) throws {
        try run(
            """
            INSERT INTO revocation_count (account, number) VALUES ($1, $2)
            ON CONFLICT (account) DO UPDATE SET number = number + excluded.number
            """, [.account(account), .integer(more)])
    }

    /// Those in force, as nodes follow them.
    func revocationSets() throws -> RevocationSets {
        var sets = RevocationSets()
        _ = try rows(RevocationQuestions.all) { row throws(StoreError) in
            let account = try row.account()
            sets.add(try row.revocation(), of: account)
        }
        return sets
    }

    fileprivate func endedRevocations(by time: NumericDate, limit: Int) throws -> [EndedRevocation] {
        try rows(RevocationQuestions.ended, [.time(time), .limit(limit)]) { row throws(StoreError) in
            try EndedRevocation(&row)
        }
    }

    /// Leaves one change in the place of each run of them.
    func forget(_ changes: EndedChanges, at time: NumericDate) throws {
        var changes = changes
        changes.join(try changes.runs.flatMap(neighbours))
        for run in changes.runs {
            let content = EndedChanges.content(of: run)
            try self.run(
                "DELETE FROM change WHERE number >= $1 AND number < $2",
                [.integer(run.lowerBound), .integer(run.upperBound)])
            try self.run(
                """
                UPDATE change SET kind = $1, key = NULL, account = $2, subject = $3, payload = NULL, time = $4
                WHERE number = $5
                """,
                [
                    .text(content.kind.rawValue), .account(.all), .text(content.subject), .time(time),
                    .integer(run.upperBound),
                ])
        }
    }

    /// The runs that stand right before and after one.
    private func neighbours(of run: ClosedRange<Int64>) throws -> [ClosedRange<Int64>] {
        let questions = [
            ("SELECT number, kind, subject FROM change WHERE number = $1", run.lowerBound - 1),
            ("SELECT number, kind, subject FROM change WHERE number > $1 ORDER BY number LIMIT 1", run.upperBound),
        ]
        return try questions.compactMap { question, number in
            try row(question, [.integer(number)]) { row throws(StoreError) -> ClosedRange<Int64>? in
                let (number, kind) = (try row.integer(), ChangeKind(rawValue: try row.text()))
                // A change about a key has its subject in the key's row.
                guard kind == .changesEnded else { return nil }
                return EndedChanges.run(upTo: number, subject: try row.text())
            } ?? nil
        }
    }
}
