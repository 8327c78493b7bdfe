package import StreamSigning

/// What a compaction of deleted keys makes of their rows, whichever database they are in.
package struct KeyCompaction: Sendable {
    /// What is left of each key: the fingerprints of its id and of itself.
    package private(set) var fingerprints: [KeyFingerprint] = []
    /// How many keys of each account, by its name.
    package private(set) var counts: [(account: AccountID, keys: Int64)] = []
    private let ids: [AccountID: [KeyFingerprint]]
    private let last: Row?

    /// The deleted keys' rows, in the order of the changes that deleted them.
    ///
    /// `$1`: changes after this number; `$2`: up to this one.
    package static let selection = """
        SELECT number, position, signing_key.account, id, thumbprint, revoked FROM change JOIN signing_key ON position = key
        WHERE number > $1 AND number <= $2 AND kind = '\(ChangeKind.keyRevoked.rawValue)' ORDER BY number
        """

    /// A row of ``selection``.
    package struct Row: Sendable {
        let number: ChangeNumber
        /// Where the key's own row is.
        package let position: Int64
        let account: AccountID
        package let id: KeyID
        let thumbprint: [UInt8]
        let revoked: NumericDate

        package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
            number = try row.changeNumber()
            position = try row.integer()
            account = try row.account()
            id = try row.keyID()
            thumbprint = try row.bytes()
            revoked = try row.time()
        }

        /// A deleted key.
        package init(
            number: ChangeNumber, position: Int64 = 0, account: AccountID, id: KeyID, thumbprint: [UInt8],
            revoked: NumericDate
        ) {
            self.number = number
            self.position = position
            self.account = account
            self.id = id
            self.thumbprint = thumbprint
            self.revoked = revoked
        }
    }

    package init(_ rows: [Row]) throws(StoreError) {
        var ids: [AccountID: [KeyFingerprint]] = [:]
        for row in rows {
            let id = try KeyFingerprint(of: row.id)
            fingerprints += [id, try KeyFingerprint(ofKey: row.thumbprint, in: row.account)]
            ids[row.account, default: []].append(id)
        }
        counts = ids.map { ($0.key, Int64($0.value.count)) }.sorted { $0.account.rawValue < $1.account.rawValue }
        self.ids = ids
        last = rows.last
    }

    /// Whether there are no deleted keys, and nothing to do.
    package var isEmpty: Bool { last == nil }

    /// The change that takes the place of theirs, at the number of the last of them; nil if there are no deleted keys.
    /// - Parameter count: how many changes it stands for.
    package func change(for count: Int) -> StoreChange? {
        last.map { last in
            StoreChange(number: last.number, account: .all, content: .compacted(ids, count: count), time: last.revoked)
        }
    }
}
