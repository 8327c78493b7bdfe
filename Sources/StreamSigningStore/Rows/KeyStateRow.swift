package import StreamSigning

extension KeyDetails {
    /// The columns of ``init(_:)``.
    package static let columns = """
        id, created, \(StoredPublicKey.signsSessionsColumn), name, coalesce(enabled, true), expires, \(KeyUse.columns)
        """

    /// The account's keys that are not deleted, with columns to be named. A key that nobody has changed has no row of its own.
    package static func selection(_ columns: String = columns) -> String {
        """
        SELECT \(columns) FROM signing_key LEFT JOIN key_state ON key = position
        WHERE account = $1 AND revoked IS NULL
        """
    }

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        let (id, created, isServiceKey) = (try row.keyID(), try row.time(), try row.bool())
        let (name, isEnabled, expires) = (try row.optionalText(), try row.bool(), try row.optionalTime())
        self.init(
            id: id, created: created, isServiceKey: isServiceKey,
            state: KeyState(name: name, isEnabled: isEnabled, expires: expires), use: try row.keyUse())
    }
}

/// A key whose state is about to change.
package struct KeyStateRow: Sendable {
    package let details: KeyDetails
    package let position: Int64
    /// The change that says its state at the moment; nil if none does.
    package let change: ChangeNumber?

    package static let selection = KeyDetails.selection(KeyDetails.columns + ", position, change") + " AND id = $2"

    /// Id, `enabled` and `expires` of the keys that nodes do not let in for ever.
    package static let inUse = """
        SELECT id, enabled, expires FROM key_state JOIN signing_key ON key = position
        WHERE revoked IS NULL AND change IS NOT NULL AND NOT (enabled AND expires IS NULL)
        """

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        details = try KeyDetails(&row)
        position = try row.integer()
        change = try row.optional { row throws(StoreError) in try row.changeNumber() }
    }

    /// The key after an update.
    /// - Throws: ``StoreError``: `keyExpired`.
    package func updated(by update: KeyUpdate, at time: NumericDate) throws(StoreError) -> KeyDetails {
        do throws(InvalidKeyUpdate) {
            let state = try details.state.updated(by: update, at: time)
            return KeyDetails(
                id: details.id, created: details.created, isServiceKey: details.isServiceKey, state: state,
                use: details.use)
        } catch {
            throw StoreError(.keyExpired, error.reason)
        }
    }
}

extension KeyState {
    /// Whether nodes decide otherwise than by `other`.
    package func differsInUse(from other: KeyState) -> Bool {
        (isEnabled, expires) != (other.isEnabled, other.expires)
    }
}

extension StoredKeyState {
    /// All of them, in the order of the keys.
    package static let selection = """
        SELECT id, name, enabled, expires, \(KeyUse.columns), change FROM key_state JOIN signing_key ON key = position
        WHERE revoked IS NULL ORDER BY position
        """

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        let id = try row.keyID()
        let (name, isEnabled, expires) = (try row.optionalText(), try row.bool(), try row.optionalTime())
        let use = try row.keyUse()
        self.init(
            id: id, state: KeyState(name: name, isEnabled: isEnabled, expires: expires),
            change: try row.optional { row throws(StoreError) in try row.changeNumber() }, use: use)
    }
}

extension KeyUse {
    /// The columns of `keyUse()`.
    package static let columns = "last_used, latest_expiry"

    /// The last use of one of the account's keys, or its creation, and the key's position.
    package static let lastSelection = """
        SELECT coalesce(last_used, created), position FROM signing_key LEFT JOIN key_state ON key = position
        WHERE account = $1 AND id = $2 AND revoked IS NULL
        """
}

extension RowReader {
    /// When a key was used, or two NULLs.
    mutating func keyUse() throws(StoreError) -> KeyUse? {
        let (last, latestExpiry) = (try optionalTime(), try optionalTime())
        guard let last, let latestExpiry else { return nil }
        return KeyUse(last: last, latestExpiry: latestExpiry)
    }
}
