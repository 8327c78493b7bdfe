import StreamSigning
import StreamSigningKeyRing
package import StreamSigningStore
package import StreamSigningWire

extension KeyOperations {
    /// One of the account's keys.
    package func key(_ identifier: String, of account: AccountID) async throws -> KeyListItem {
        // In steps, because the optimiser of Swift 6.3 crashes on one guard with both conditions.
        guard let id = try? KeyID(identifier) else { throw ServiceError.keyNotFound }
        let details = try await store.details(of: id, in: account)
        guard let details else { throw ServiceError.keyNotFound }
        return KeyListItem(details, at: now())
    }

    /// Changes the name of a key, or whether its tokens are let in.
    /// - Returns: the key as it is now, and the change that other nodes have to take over; nil if there is none.
    package func update(
        _ identifier: String, of account: AccountID, by request: KeyUpdateRequest, by caller: Caller
    ) async throws -> (key: KeyListItem, number: ChangeNumber?) {
        let time = now()
        let update: KeyUpdate
        do throws(InvalidKeyUpdate) {
            update = try KeyUpdate(
                name: request.name, isEnabled: request.isEnabled, expires: request.expires, at: time)
        } catch {
            throw ServiceError.invalidRequest(error.reason, at: error.pointer)
        }
        guard let id = try? KeyID(identifier) else { throw ServiceError.keyNotFound }
        let event = caller.event(.keyChanged, at: time, in: account, subject: id.rawValue)
        let (key, number): (KeyDetails, ChangeNumber?)
        do throws(StoreError) {
            (key, number) = try await store.update(id, of: account, by: update, at: time, audit: event)
        } catch {
            switch error.code {
            case .notFound: throw ServiceError.keyNotFound
            case .keyExpired: throw ServiceError.invalidRequest(error.reason, at: "/expires")
            default: throw error
            }
        }
        if let number { ring.set(key.state, of: id, in: account, at: number) }
        return (KeyListItem(key, at: time), number)
    }
}

extension KeyListItem {
    init(_ key: KeyDetails, at now: NumericDate) {
        self.init(
            id: key.id, created: key.created, isServiceKey: key.isServiceKey, name: key.state.name,
            isEnabled: key.state.isUsable(at: now), expires: key.state.expires, lastUsed: key.use?.last,
            latestExpiry: key.use?.latestExpiry)
    }
}
