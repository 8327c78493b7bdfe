/// A store that can be copied into another one, of whatever make.
public protocol ArchivedStore: Sendable {
    /// Everything that the store holds and that can be read, as of one moment.
    func readArchive() async throws(StoreError) -> ArchiveReading

    /// Takes over what another store held: all of it or nothing.
    /// - Parameter progress: told now and then how many of the rows are written.
    /// - Throws: ``StoreError``: `refused` if this store is not empty.
    func restore(
        _ archive: StoreArchive, progress: @escaping @Sendable (_ done: Int, _ total: Int) -> Void
    ) async throws(StoreError)
}
