internal import StreamSigning
public import StreamSigningStore

extension PostgreSQLKeyStore {
    /// See ``KeyStore``.
    public func snapshot() async throws(StoreError) -> KeySnapshot {
        try await readSnapshot { connection, deadline in
            let number = try connection.run(Self.number, by: deadline).first?.integer(0) ?? 0
            var keys: [KeySnapshot.Entry] = []
            var revoked: [(account: AccountID, id: KeyID)] = []
            var last: Int64 = 0
            // In pages, so that neither side holds all rows besides the keys that are made of them.
            while true {
                let page = try connection.run(Self.page, [.integer(last)], by: deadline)
                for row in page {
                    let (account, id) = (try row.account(1), try row.keyID(2))
                    if row.isNull(3) {
                        revoked.append((account, id))
                    } else {
                        keys.append((account, StoredPublicKey(id: id, der: try row.bytes(3))))
                    }
                }
                guard let end = try page.last?.integer(0) else { break }
                last = end
            }
            return KeySnapshot(number: ChangeNumber(rawValue: number), keys: keys, revoked: revoked)
        }
    }

    /// See ``KeyStore``.
    public func changes(after number: ChangeNumber, limit: Int) async throws(StoreError) -> [KeyChange] {
        try await read { connection, deadline in
            try connection.run(.selectChanges, [.integer(number.rawValue), .limit(limit)], by: deadline)
                .map { row in try KeyChange(row) }
        }
    }

    /// See ``KeyStore``.
    public func changeSignals(every interval: Duration) -> AsyncStream<Void> {
        signals.stream(every: interval)
    }

    private static let number = PreparedStatement("change_number", "SELECT change_number FROM store_state")
    private static let page = PreparedStatement(
        "snapshot_page",
        """
        SELECT position, account, id, CASE WHEN revoked IS NULL THEN public_key END FROM signing_key
        WHERE position > $1 ORDER BY position LIMIT 5000
        """)
}

extension PreparedStatement {
    static let selectChanges = PreparedStatement(
        "changes",
        """
        SELECT number, account, id, kind, public_key, CASE kind WHEN 'added' THEN created ELSE revoked END
        FROM key_change JOIN signing_key ON position = key
        WHERE number > $1 ORDER BY number LIMIT $2
        """)
}

extension KeyChange {
    init(_ row: ResultRow) throws(StoreError) {
        let id = try row.keyID(2)
        let kind: Kind
        switch try row.text(3) {
        case "added": kind = .added(StoredPublicKey(id: id, der: try row.bytes(4)))
        case "revoked": kind = .revoked(id)
        default: throw StoreError(.corrupt, "the database holds a change of a kind that this version does not know")
        }
        self.init(
            number: ChangeNumber(rawValue: try row.integer(0)), account: try row.account(1), kind: kind,
            time: try row.time(5))
    }
}
