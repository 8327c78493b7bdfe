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

    /// Looks at everything.
    /// - Parameter source: where the master key is, as far as that can be told.
    /// - Throws: ``StoreError`` if the store cannot be reached.
    static func of(_ store: any KeyStore, masterKey source: MasterKeySource?) async throws -> ArchiveExamination {
        let damage = try await damage(of: store)
        let reading = try await store.readArchive()
        let key = present(source, for: reading.archive)
        let findings = try reading.findings(opening: key.found)
        return ArchiveExamination(
            archive: reading.archive, problems: damage + key.problems + findings,
            unopened: key.found == nil ? reading.archive.sealedCount : 0)
    }

    private static func damage(of store: any KeyStore) async throws -> [String] {
        guard let store = store as? SQLiteKeyStore else { return [] }
        do throws(StoreError) {
            try await store.checkIntegrity()
            return []
        } catch {
            guard error.code == .corrupt else { throw error }
            return [error.reason]
        }
    }

    private static func present(
        _ source: MasterKeySource?, for archive: StoreArchive
    ) -> (found: MasterKey?, problems: [String]) {
        guard archive.sealedCount > 0, let source else { return (nil, []) }
        do throws(VaultError) {
            return (try source.present(for: archive.masterKeyID), [])
        } catch {
            return (nil, [error.reason])
        }
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
