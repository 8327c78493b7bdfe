package import StreamSigning
package import StreamSigningKeyRing
package import StreamSigningStore
package import StreamSigningWire

/// What the API does with revocations, without HTTP. When an operation returns, its change is durable and in force on this node.
package struct RevocationOperations: Sendable {
    private let store: any RevocationStore
    private let ring: KeyRing
    private let perAccount: Int
    private let now: @Sendable () -> NumericDate

    /// - Parameter perAccount: how many an account may have that have not ended.
    package init(
        store: any RevocationStore, ring: KeyRing, perAccount: Int, now: @escaping @Sendable () -> NumericDate
    ) {
        self.store = store
        self.ring = ring
        self.perAccount = perAccount
        self.now = now
    }

    /// Revokes what a batch names: all of it or nothing.
    /// - Returns: the revocations in the batch's order, and the change that other nodes have to take over.
    package func revoke(
        _ batch: RevocationBatch, in account: AccountID, by caller: KeyOperations.Caller
    ) async throws -> (revocations: [Revocation], number: ChangeNumber) {
        let time = now()
        let revocations = try revocations(batch, at: time)
        let events = revocations.map { revocation in
            caller.event(.revocationAdded, at: time, in: account, subject: revocation.id.rawValue)
        }
        let number: ChangeNumber
        do throws(StoreError) {
            number = try await store.insert(revocations, of: account, limit: perAccount, at: time, audit: events)
        } catch {
            guard error.code == .limitReached else { throw error }
            throw ServiceError(
                .revocationLimitReached,
                """
                the account may have \(perAccount.counting("revocation")), and one that was lifted counts until its end: let them end \
                sooner
                """)
        }
        ring.add(revocations, of: account, at: number)
        return (revocations, number)
    }

    private func revocations(_ batch: RevocationBatch, at time: NumericDate) throws -> [Revocation] {
        let ids = try batch.requests.map { _ in try RevocationID.random(at: time) }
        do throws(WireProblem) {
            return try batch.revocations(ids: ids, at: time)
        } catch {
            throw ServiceError.invalidRequest(error.reason, at: error.pointer)
        }
    }

    /// A page of those in force, the newest first.
    package func list(_ account: AccountID, _ query: RevocationQuery) async throws -> RevocationPage {
        do throws(StoreError) {
            // One more than asked for tells whether there is a next page.
            let found = try await store.revocations(
                of: account, subject: query.subject, after: query.after, limit: query.limit + 1, at: now())
            let page = Array(found.prefix(query.limit))
            return RevocationPage(
                page, after: found.count > page.count ? page.last?.id : nil,
                isPartial: query.subject != nil || query.after != nil)
        } catch {
            guard error.code == .notFound else { throw error }
            throw ServiceError.invalidRequest(
                "the parameter `after` names no revocation of this account, or one that ended long ago: begin again")
        }
    }

    /// One that is in force.
    package func revocation(_ identifier: String, of account: AccountID) async throws -> Revocation {
        // In steps, because the optimiser of Swift 6.3 crashes on one guard with both conditions.
        guard let id = RevocationID(identifier) else { throw ServiceError.revocationNotFound }
        let revocation = try await store.revocation(id, of: account, at: now())
        guard let revocation else { throw ServiceError.revocationNotFound }
        return revocation
    }

    /// Lifts one before its time: what it refused is good again.
    /// - Returns: the change that other nodes have to take over.
    package func lift(
        _ identifier: String, of account: AccountID, by caller: KeyOperations.Caller
    ) async throws -> ChangeNumber {
        guard let id = RevocationID(identifier) else { throw ServiceError.revocationNotFound }
        let time = now()
        let (revocation, number): (Revocation, ChangeNumber)
        do throws(StoreError) {
            (revocation, number) = try await store.lift(
                id, of: account, at: time,
                audit: caller.event(.revocationLifted, at: time, in: account, subject: id.rawValue))
        } catch {
            guard error.code == .notFound else { throw error }
            throw ServiceError.revocationNotFound
        }
        ring.lift(revocation, of: account, at: number)
        return number
    }
}
