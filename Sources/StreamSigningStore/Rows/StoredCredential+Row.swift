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
    /// The columns of ``values``.
    package static let columns = StoredCredential.columns + ", revoked, version"
    /// The columns of ``init(_:)``. Numbers are read with eight bytes, whatever the table has.
    package static let selection = StoredCredential.columns + ", revoked, CAST(version AS bigint)"

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        self.init(
            credential: try StoredCredential(&row), revoked: try row.optionalTime(),
            isBound: try row.integer() >= Self.boundVersion)
    }

    package var values: [StoredValue] {
        credential.values + [.time(revoked), .integer(isBound ? Self.boundVersion : 1)]
    }

    /// The version of rows whose id depends on the rest of them.
    private static let boundVersion: Int64 = 2
}
