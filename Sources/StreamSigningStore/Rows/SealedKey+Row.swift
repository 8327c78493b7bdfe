extension SealedKey {
    /// - Parameter row: account, id, the id of the master key, the sealed half.
    package init(_ row: inout RowReader<some StoredRow>) throws(StoreError) {
        self.init(
            account: try row.account(), id: try row.keyID(), masterKeyID: try row.text(), box: try row.bytes())
    }
}
