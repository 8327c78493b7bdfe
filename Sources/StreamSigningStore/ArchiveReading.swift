/// What was read of a store: everything that can be read, and a line for each row that cannot.
public struct ArchiveReading: Sendable {
    /// What could be read.
    public let archive: StoreArchive
    /// A line for each row that holds what no version of this program wrote, with its table and its id.
    public let problems: [String]
    /// The ids of those rows: what they hold is not missing.
    private let unreadable: Set<String>
    /// Whether the audit log is complete, to compare the rest with.
    private let hasLog: Bool

    package init(_ archive: StoreArchive, _ reader: ArchiveReader) {
        self.archive = archive
        problems = reader.problems + reader.miscounts(archive)
        unreadable = reader.unreadable
        hasLog = reader.hasLog
    }

    /// An archive of which everything can be read.
    package init(_ archive: StoreArchive) {
        self.init(archive, ArchiveReader())
    }

    /// Everything that is wrong with the store, a line each: what cannot be read, what does not fit together, and what somebody edited.
    /// - Parameter masterKey: opens the sealed halves; nil if it is not at hand.
    /// - Throws: ``VaultError``: `unavailable` if OpenSSL fails.
    public func findings(opening masterKey: MasterKey?) throws(VaultError) -> [String] {
        var found = problems
        do throws(StoreError) {
            found += try archive.faults(unreadable: unreadable)
        } catch {
            throw VaultError(error)
        }
        return found + (try archive.contradictions(opening: masterKey, unreadable: unreadable, hasLog: hasLog))
    }
}

extension ArchivedStore {
    /// Everything that the store holds, as of one moment.
    /// - Throws: ``StoreError``: `corrupt` with the first row that cannot be read.
    public func archive() async throws(StoreError) -> StoreArchive {
        let reading = try await readArchive()
        if let first = reading.problems.first { throw StoreError(.corrupt, first) }
        return reading.archive
    }
}
