internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// What was found when everything in a store was looked at.
struct ArchiveExamination {
    /// A line for each thing that does not fit, with what to do.
    let problems: [String]
    /// Sealed private halves that were not opened, because the master key is not at hand.
    let unopened: Int

    /// - Parameter source: where the master key is, as far as that can be told.
    /// - Throws: ``VaultError`` if the master key that is there cannot be used, or is another one than the store's.
    init(_ archive: StoreArchive, masterKey source: MasterKeySource?) throws {
        var problems: [String] = []
        do throws(StoreError) {
            try archive.check()
        } catch {
            problems.append(error.reason)
        }
        let masterKey = try archive.sealedCount > 0 ? source?.present(for: archive.masterKeyID) : nil
        problems += try archive.contradictions(opening: masterKey)
        self.problems = problems
        unopened = masterKey == nil ? archive.sealedCount : 0
    }

    /// Ends the command if something does not fit.
    func requireSoundness(of location: StoreLocation) throws(CommandFailure) {
        guard let first = problems.first else { return }
        var failure = CommandFailure.unusable(location.description, first)
        failure.notes = Array(problems.dropFirst())
        throw failure
    }
}

extension StoreArchive {
    /// A line for people.
    var summary: String {
        let live = keys.filter { $0.revoked == nil }
        let deleted = keys.count - live.count + compactedKeyCount
        let accounts = Set(keys.map(\.account)).union(credentials.map(\.credential.account))
        let valid = credentials.filter { $0.revoked == nil }
        return """
            \(live.count) keys, \(deleted) deleted ones, \(accounts.count) accounts, \
            \(revocations.count) revocations, \(valid.count) credentials, \(credentials.count - valid.count) revoked ones, \
            \(changes.count) changes, \(events.count) events
            """
    }
}
