internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let keyIDs = holders + releases

    private static let holders: [Case] = [
        Case("an id has a holder while a key has it, and after the key was deleted") { subject in
            let store = try await subject.open()
            let key = try Sample.key(of: Sample.account("b"))
            try require(try await store.holder(of: key.key.id) == nil, "nobody has it")
            try await store.add(key)
            try require(
                try await store.holder(of: key.key.id) == KeyIDHolder(account: key.account, isDeleted: false),
                "the account has it")
            try await store.delete(key.key.id, of: key.account)
            let holder = KeyIDHolder(account: key.account, isDeleted: true)
            try require(try await store.holder(of: key.key.id) == holder, "and had it")
            try await store.add(try Sample.key())
            try await store.add(try Sample.key())
            try await store.compactAll()
            try require(try await store.snapshot().compacted.count == 1, "it is compacted")
            try require(try await store.holder(of: key.key.id) == holder, "and still had it")
        },
        Case("only the id of a deleted key is freed, and for the account that had it") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await require(.notFound, "an id that nobody had") { () throws(StoreError) in
                try await store.free(key.key.id)
            }
            try await store.add(key)
            try await require(.keyExists, "an id in use") { () throws(StoreError) in try await store.free(key.key.id) }
            try await store.delete(key.key.id)
            try await require(.notFound, "another account's") { () throws(StoreError) in
                try await store.free(key.key.id, of: Sample.account("b"))
            }
            try require(try await store.allChanges().count == 2, "nothing has changed")
            try require(try await store.audit(after: 0, limit: 10).count == 2, "nor was anything recorded")
            try await store.free(key.key.id)
            try await require(.notFound, "once is all") { () throws(StoreError) in try await store.free(key.key.id) }
        },
    ]

    private static let releases: [Case] = [false, true].map { isCompacted in
        Case("a freed id is given to another key, \(isCompacted ? "after" : "before") a compaction") { subject in
            let (store, other) = (try await subject.open(), try await subject.open())
            let squatter = try Sample.key(of: Sample.account("b"), origin: .imported)
            try await store.add(squatter)
            try await store.delete(squatter.key.id, of: squatter.account)
            try await store.add(try Sample.key())
            try await store.add(try Sample.key())
            if isCompacted { try await store.compactAll() }
            let before = try await store.snapshot().number
            let released = try await store.free(squatter.key.id, of: squatter.account)
            try require(released.rawValue == before.rawValue + 1, "it has the next number")
            let change = try await other.allChanges(after: before.rawValue)
            try require(
                change == [
                    StoreChange(
                        number: released, account: squatter.account, content: .released(squatter.key.id),
                        time: Sample.time)
                ], "and is a change like others")
            let event = try await other.audit(after: 0, limit: 100).last?.event
            try require(
                event?.action == .keyIDReleased && event?.subject == squatter.key.id.rawValue, "and in the audit log")
            try require(try await other.holder(of: squatter.key.id) == nil, "nobody has the id")
            try require(try await !Ring(other.snapshot()).isRevoked(squatter.key.id), "it is not known as revoked")

            try await require(.keyExists, "the account cannot bring the same key back") { () throws(StoreError) in
                try await other.add(squatter)
            }
            let owner = try Sample.key(Sample.publicKey(id: squatter.key.id), origin: .imported)
            try await other.add(owner)
            try require(Ring(try await store.snapshot()).trusted.contains(owner.key.id), "another key has the id")
            try await store.archive().check()
            try await store.delete(owner.key.id)
            try await store.add(try Sample.key())
            try await store.compactAll()
            try require(try Ring(await other.snapshot()).isRevoked(owner.key.id), "and is deleted like others")
            try require(
                try await other.holder(of: owner.key.id) == KeyIDHolder(account: owner.account, isDeleted: true),
                "and held like others")
            let archive = try await store.archive()
            try archive.check()
            let copy = MemoryKeyStore()
            try await copy.restore(archive) { _, _ in }
            try require(Ring(try await copy.snapshot()) == Ring(try await store.snapshot()), "a copy knows the same")
        }
    }
}

extension KeyIDRegistry {
    @discardableResult
    fileprivate func free(
        _ id: KeyID, of account: AccountID = Sample.account()
    ) async throws(StoreError) -> ChangeNumber {
        try await release(
            id, of: account, at: Sample.time, audit: Sample.event(.keyIDReleased, subject: id.rawValue))
    }
}
