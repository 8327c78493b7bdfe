internal import StreamSigning

extension StoreChange {
    /// The columns of ``init(_:)``, in both databases. What is about a key has account, id and time in the key's row; what
    /// is not has its own.
    package static let selection = """
        SELECT number, coalesce(change.account, signing_key.account), kind, coalesce(subject, id),
            CASE kind WHEN '\(ChangeKind.keyAdded.rawValue)' THEN public_key END,
            CASE WHEN kind = '\(ChangeKind.keyAdded.rawValue)' AND \(StoredPublicKey.signsSessionsColumn)
                THEN '\(KeyAdded.sessions)' ELSE payload END,
            coalesce(time, CASE kind WHEN '\(ChangeKind.keyAdded.rawValue)' THEN created ELSE revoked END)
        FROM change LEFT JOIN signing_key ON position = key
        """

    /// The changes that tell of compacted keys, in order: see ``CompactedKeys``.
    package static let selectionOfCompacted: String = {
        let kinds = CompactedKeys.kinds.map { "'\($0.rawValue)'" }.joined(separator: ", ")
        return "\(selection) WHERE kind IN (\(kinds)) ORDER BY number"
    }()

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        let number = try row.changeNumber()
        let account = try row.account()
        let kind = ChangeKind(rawValue: try row.text())
        let subject = try row.text()
        let der = try row.optional { row throws(StoreError) in try row.bytes() }
        let key: StoredPublicKey? =
            if let der {
                StoredPublicKey(id: try Self.keyID(subject), der: der)
            } else {
                nil
            }
        self.init(
            number: number, account: account,
            content: Content(kind: kind, subject: subject, key: key, payload: try row.optionalText()),
            time: try row.time())
    }

    private static func keyID(_ text: String) throws(StoreError) -> KeyID {
        guard let id = try? KeyID(text) else { throw .unreadable }
        return id
    }

    /// The columns that ``values(position:)`` is for.
    package static let columns = "number, kind, key, account, subject, payload, time"

    /// The change as a row.
    /// - Parameter position: finds the row of a key.
    package func values(position: (_ key: String) -> Int64?) -> [StoredValue] {
        let isAboutKey = content.kind.rule?.isAboutKey == true
        return [
            .integer(number.rawValue), .text(content.kind.rawValue),
            .integer(isAboutKey ? position(content.subject) : nil),
            .account(isAboutKey ? nil : account), .text(isAboutKey ? nil : content.subject),
            .text(isAboutKey ? nil : content.payload),
            .time(isAboutKey ? nil : time),
        ]
    }
}
