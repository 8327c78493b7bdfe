extension ServiceKey {
    /// The service keys that are not deleted.
    private static let selection = """
        SELECT account, id, created FROM signing_key
        WHERE origin = 'service' AND revoked IS NULL AND sealed IS NOT NULL
        """

    /// Those of one account.
    package static let ofAccount = "\(selection) AND account = $1 ORDER BY position"

    /// Those of the accounts that have one which was made by a time.
    package static let ofAccountsCreatedBy = """
        \(selection) AND account IN (
            SELECT account FROM signing_key
            WHERE origin = 'service' AND revoked IS NULL AND sealed IS NOT NULL AND created <= $1)
        ORDER BY position
        """

    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        self.init(account: try row.account(), id: try row.keyID(), created: try row.time())
    }
}
