import StreamSigning
import StreamSigningStore

/// Many rows go to the server as one JSON text, because a round trip for each would have the other writers wait.
extension WriteTransaction {
    /// Writes the rows of revocations that an account is given.
    func insert(_ revocations: [StoredRevocation]) throws {
        for (account, revocations) in Dictionary(grouping: revocations, by: \.account) {
            try write(.insertRevocations, [.account(account), .json(revocations) { $0.write(into: &$1) }])
            try countRevocations(Int64(revocations.count), of: account)
        }
    }

    /// Changes how many revocations an account has.
    func countRevocations(_ more: Int64, of account: AccountID) throws {
        try write(.countRevocations, [.account(account), .integer(more)])
    }

    /// Gives changes that are not about keys their numbers.
    /// - Returns: the numbers, in order.
    func record(
        _ contents: [StoreChange.Content], of account: AccountID, at time: NumericDate
    ) throws -> [ChangeNumber] {
        let numbers = contents.map { _ in nextChange() }
        let rows = Array(zip(numbers, contents))
        let text = StoredValue.json(rows) { row, writer in
            let (number, content) = row
            writer.object {
                $0.member("number", Int(number.rawValue))
                $0.member("kind", content.kind.rawValue)
                $0.member("subject", content.subject)
                $0.member("payload", content.payload)
            }
        }
        try write(.insertChanges, [.account(account), .time(time), text])
        return numbers
    }

    /// Leaves one change in the place of each run of them.
    func forget(_ changes: EndedChanges, at time: NumericDate) throws {
        var changes = changes
        let neighbours = try read(.neighbours, [.runs(changes.runs)]).map { row throws(StoreError) in
            EndedChanges.run(upTo: try row.integer(), subject: try row.text())
        }
        changes.join(neighbours.compactMap { $0 })
        let contents = changes.runs.map(EndedChanges.content)
        guard let kind = contents.first?.kind else { return }
        try write(.removeChanges, [.runs(changes.runs)])
        try write(.replaceChanges, [.text(kind.rawValue), .account(.all), .time(time), .runs(changes.runs)])
    }
}

extension StoredValue {
    /// A JSON array of what `write` makes of the elements.
    static func json<Element>(
        _ elements: [Element], _ write: (Element, inout JSONWriter) -> Void
    ) -> StoredValue {
        var writer = JSONWriter(reserving: elements.count * 256)
        writer.array { list in
            for element in elements { write(element, &list) }
        }
        return .text(String(decoding: writer.bytes, as: UTF8.self))
    }

    /// `[{"first":1,"last":7},…]`
    fileprivate static func runs(_ runs: [ClosedRange<Int64>]) -> StoredValue {
        json(runs) { run, writer in
            writer.object {
                $0.member("first", Int(run.lowerBound))
                $0.member("last", Int(run.upperBound))
            }
        }
    }

    /// Events of the audit log.
    static func events(_ events: [RecordedEvent]) -> StoredValue {
        json(events) { recorded, writer in
            let event = recorded.event
            writer.object {
                $0.member("sequence", Int(recorded.sequence))
                $0.member("digest", Hex.encode(recorded.digest))
                $0.member("time", Int(event.time.microseconds))
                $0.member("action", event.action.rawValue)
                $0.member("account", event.account?.rawValue)
                $0.member("subject", event.subject)
                $0.member("actor", event.actor)
                $0.member("address", event.address)
            }
        }
    }
}

extension StoredRevocation {
    fileprivate func write(into writer: inout JSONWriter) {
        writer.object {
            $0.member("position", Int(number.rawValue))
            if let lifted { $0.member("lifted", Int(lifted.rawValue)) }
            $0.member("id", revocation.id.rawValue)
            $0.member("kind", revocation.subject.kind.rawValue)
            $0.member("subject", revocation.subject.id)
            if let issuedBefore = revocation.issuedBefore {
                $0.member("issued_before", Int(issuedBefore.microseconds))
            }
            $0.member("until", Int(revocation.until.microseconds))
            $0.member("created", Int(revocation.created.microseconds))
            $0.member("reason", revocation.reason)
        }
    }
}

extension PreparedStatement {
    fileprivate static let insertRevocations = PreparedStatement(
        "insert_revocations",
        """
        INSERT INTO revocation (account, position, lifted, \(Revocation.columns), reason)
        SELECT $1::text, position, lifted, \(Revocation.columns), reason FROM json_to_recordset($2::json) AS given (
            position bigint, lifted bigint, id text, kind text, subject text, issued_before bigint, until bigint,
            created bigint, reason text)
        """)
    fileprivate static let countRevocations = PreparedStatement(
        "count_revocations",
        """
        INSERT INTO revocation_count (account, number) VALUES ($1, $2)
        ON CONFLICT (account) DO UPDATE SET number = revocation_count.number + excluded.number
        """)
    fileprivate static let insertChanges = PreparedStatement(
        "insert_changes",
        """
        INSERT INTO change (account, time, number, kind, subject, payload)
        SELECT $1::text, $2::bigint, number, kind, subject, payload FROM json_to_recordset($3::json) AS given (
            number bigint, kind text, subject text, payload text)
        """)
    /// The runs that stand right before and after each of some runs.
    fileprivate static let neighbours = PreparedStatement(
        "ended_neighbours",
        """
        SELECT number, subject FROM json_to_recordset($1::json) AS run (first bigint, last bigint), LATERAL (
            SELECT number, kind, subject FROM change WHERE number = run.first - 1
            UNION ALL
            (SELECT number, kind, subject FROM change WHERE number > run.last ORDER BY number LIMIT 1)
        ) AS neighbour WHERE kind = '\(ChangeKind.changesEnded.rawValue)'
        """)
    fileprivate static let removeChanges = PreparedStatement(
        "remove_changes",
        """
        DELETE FROM change USING json_to_recordset($1::json) AS run (first bigint, last bigint)
        WHERE number >= run.first AND number < run.last
        """)
    fileprivate static let replaceChanges = PreparedStatement(
        "replace_changes",
        """
        UPDATE change SET kind = $1, key = NULL, account = $2, subject = run.first::text, payload = NULL, time = $3
        FROM json_to_recordset($4::json) AS run (first bigint, last bigint) WHERE number = run.last
        """)
    static let insertEvents = PreparedStatement(
        "insert_events",
        """
        INSERT INTO audit_event (\(RecordedEvent.columns))
        SELECT sequence, decode(digest, 'hex'), time, action, account, subject, actor, address
        FROM json_to_recordset($1::json) AS given (
            sequence bigint, digest text, time bigint, action text, account text, subject text, actor text,
            address text)
        """)
}
