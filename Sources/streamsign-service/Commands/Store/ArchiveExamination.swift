internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// What was found when everything in a store was looked at.
struct ArchiveExamination {
    /// Everything that can be read.
    let archive: StoreArchive
    /// A line for each thing that is wrong, with what to do.
    let problems: [String]
    /// Sealed private halves that were not opened, because the master key is not at hand.
    let unopened: Int

    /// - Parameter source: where the master key is, as far as that can be told.
    /// - Throws: ``StoreError`` if the store cannot be reached.
    init(of store: any KeyStore, masterKey source: MasterKeySource?) async throws {
        var problems: [String] = []
        do {
            try await (store as? SQLiteKeyStore)?.checkIntegrity()
        } catch let error as StoreError where error.code == .corrupt {
            problems.append(error.reason)
        }
        let reading = try await store.readArchive()
        archive = reading.archive
        var masterKey: MasterKey?
        do throws(VaultError) {
            if archive.sealedCount > 0 { masterKey = try source?.present(for: archive.masterKeyID) }
        } catch {
            problems.append(error.reason)
        }
        problems += try reading.findings(opening: masterKey)
        self.problems = problems
        unopened = masterKey == nil ? archive.sealedCount : 0
    }

    /// Ends the command if something is wrong.
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
        let accounts = Set(keys.map(\.account)).union(credentials.map(\.credential.account)).subtracting([.all])
        let valid = credentials.filter { $0.revoked == nil }
        return """
            \(live.count) keys, \(deleted) deleted ones, \(accounts.count) accounts, \
            \(revocations.count) revocations, \(valid.count) credentials, \(credentials.count - valid.count) revoked ones, \
            \(changes.count) changes, \(events.count) events
            """
    }
}
