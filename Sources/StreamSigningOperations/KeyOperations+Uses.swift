package import StreamSigning
import StreamSigningKeyRing
package import StreamSigningStore

extension KeyOperations {
    /// Notes when keys were used at a gate that is fed. A clock that is ahead does not keep a key from being deleted for ever.
    package func record(_ uses: [KeyID: KeyUse]) async throws {
        let time = now()
        try await store.record(
            uses.mapValues { KeyUse(last: min($0.last, time), latestExpiry: $0.latestExpiry) })
    }

    /// Deletes a key if no gate has let in a token of it for some time.
    /// - Returns: the change that other nodes have to take over.
    /// - Throws: ``ServiceError``: `keyInUse` with the time of its last use.
    package func deleteUnused(
        _ identifier: String, for unused: Duration, of account: AccountID, by caller: Caller
    ) async throws -> ChangeNumber {
        guard let id = try? KeyID(identifier) else { throw ServiceError.keyNotFound }
        let time = now()
        let wasRevoked = ring[id]?.isRevoked == true
        let outcome: UnusedKeyRevocation
        do {
            outcome = try await store.revoke(
                id, of: account, unusedSince: time - unused, at: time,
                audit: caller.event(.keyDeleted, at: time, in: account, subject: id.rawValue))
        } catch {
            throw error.refusal(quota)
        }
        switch outcome {
        case .inUse(let last):
            throw ServiceError(.keyInUse, "the key is not deleted: it was last used or created at \(last)")
        case .revoked(let number):
            await forget(id, of: account, wasRevoked: wasRevoked, at: number)
            return number
        }
    }
}
