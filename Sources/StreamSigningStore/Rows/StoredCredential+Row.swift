extension StoredCredential {
    /// The columns of ``init(_:)`` and ``values``.
    package static let columns = "id, account, role, hash, created"

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        self.init(
            id: CredentialID(rawValue: try row.text()), account: try row.account(), role: try row.word(),
            hash: try row.bytes(), created: try row.time())
    }

    package var values: [StoredValue] {
        [.text(id.rawValue), .account(account), .text(role.rawValue), .bytes(hash), .time(created)]
    }
}

extension StoreArchive.Credential {
    /// The columns of ``init(_:)`` and ``values``.
    package static let columns = StoredCredential.columns + ", revoked"

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        self.init(credential: try StoredCredential(&row), revoked: try row.optionalTime())
    }

    package var values: [StoredValue] { credential.values + [.time(revoked)] }
}
