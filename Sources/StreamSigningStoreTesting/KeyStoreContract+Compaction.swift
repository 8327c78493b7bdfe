internal import StreamSigning
package import StreamSigningStore

extension KeyStoreContract {
    static let compaction: [Case] = [
        Case("a compaction takes nothing back that was said of deleted keys") { subject in
            let (store, other) = (try await subject.open(), try await subject.open())
            let churn = try await Churn(in: store)
            let before = try await store.snapshot()
            try await store.compactAll()
            for node in [store, other] {
                let after = try await node.snapshot()
                try require(Ring(after) == Ring(before), "the same keys are trusted, and the same are revoked")
                try require(after.revoked.count <= 3, "of most deleted keys, only fingerprints are left")
                let accounts = Set(after.compacted.values)
                try require(accounts == [Sample.account(), Sample.account("b")], "with their accounts")
            }
            for key in churn.deleted {
                for account in [Sample.account(), Sample.account("c")] {
                    let same = try Sample.key(Sample.publicKey(id: key.key.id), of: account)
                    try await require(.keyExists, "the id stays taken in \(account)") { () throws(StoreError) in
                        try await other.add(same)
                    }
                }
                let renamed = try Sample.key(VerificationKey(importing: key.key.pem(), id: .random()), of: key.account)
                try await require(.keyExists, "the key stays taken in its account") { () throws(StoreError) in
                    try await other.add(renamed)
                }
                try await require(.notFound, "it is not deleted a second time") { () throws(StoreError) in
                    try await other.delete(key.key.id, of: key.account)
                }
            }
            try require(try await other.ids() == churn.live.map(\.key.id), "the others are listed as before")
            try await store.archive().check()
        },
        Case("a follower that is at any number arrives at the same keys") { subject in
            let store = try await subject.open()
            let churn = try await Churn(in: store)
            let all = try await store.allChanges()
            try await store.compactAll()
            let shortened = try await store.allChanges()
            try require(shortened.count < all.count, "many changes are gone")
            for start in 0...all.count {
                var ring = Ring(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))
                for change in all.prefix(start) { try ring.apply(change) }
                var sequence = ChangeSequence(after: ChangeNumber(rawValue: Int64(start)))
                for change in try await store.allChanges(after: Int64(start)) {
                    try sequence.append(change)
                    try ring.apply(change)
                }
                try sequence.requireComplete()
                try require(ring.trusted == Set(churn.live.map(\.key.id)), "from \(start): the live keys are trusted")
                for key in churn.deleted {
                    try require(try ring.isRevoked(key.key.id), "from \(start): the deleted ones are revoked")
                }
            }
            var history = KeyHistory()
            try history.apply(shortened)
            try history.requireComplete()
            let snapshot = try await store.snapshot()
            try require(Ring(history.snapshot()) == Ring(snapshot), "the changes lead to the snapshot")
        },
        Case("numbers go on after a compaction") { subject in
            let store = try await subject.open()
            _ = try await Churn(in: store)
            let last = try await store.snapshot().number
            try await store.compactAll()
            try require(try await store.snapshot().number == last, "the last number is the same")
            try await store.confirm(last, by: NodeID(rawValue: "0000000000000001"), for: .seconds(60))
            let next = try await store.add(try Sample.key())
            try require(next.rawValue == last.rawValue + 1, "and the next one follows it")
            try require(try await store.allChanges(after: last.rawValue).map(\.number) == [next], "and is read alone")
        },
        Case("what is recent is left alone") { subject in
            let store = try await subject.open()
            _ = try await Churn(in: store)
            let before = try await store.archive()
            try require(try await !store.compact(CompactionLimits()), "there is nothing to do")
            try require(try await store.archive() == before, "and nothing has changed")
        },
        Case("a node keeps the changes that it has not confirmed") { subject in
            let store = try await subject.open()
            _ = try await Churn(in: store)
            let node = NodeID(rawValue: "0000000000000001")
            let before = try await store.allChanges()
            try await store.confirm(ChangeNumber(rawValue: 3), by: node, for: .seconds(60))
            try await store.compactAll()
            try require(try await store.allChanges() == before, "all changes are there")
            try await store.retire(node)
            try await store.compactAll()
            try require(try await store.allChanges().count < before.count, "until it has gone")
        },
        Case("nodes that compact at once, and others that write, do not harm one another") { subject in
            let stores = [try await subject.open(), try await subject.open()]
            let keys = try (0..<subject.limit).map { _ in try Sample.key() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for (index, key) in keys.enumerated() {
                    group.addTask {
                        try await stores[index % 2].add(key)
                        try await stores[(index + 1) % 2].delete(key.key.id)
                        _ = try await stores[index % 2].compact(.few)
                    }
                }
                try await group.waitForAll()
            }
            try await stores[0].compactAll()
            let archive = try await stores[1].archive()
            try archive.check()
            try require(archive.changes.last?.number.rawValue == Int64(2 * keys.count), "no number is lost")
            try require(archive.events.count == 2 * keys.count, "no event is lost")
            try require(Ring(try await stores[0].snapshot()).trusted.isEmpty, "no deleted key is trusted")
        },
        Case("an account that has deleted too many keys gets no new one") { subject in
            let store = try await subject.open()
            let quota = KeyQuota(keys: 100, deletedKeys: 5)
            for _ in 0..<5 {
                let key = try Sample.key()
                _ = try await store.insert(key, quota: quota, audit: Sample.event())
                try await store.delete(key.key.id)
            }
            let surplus = try Sample.key()
            for _ in 0..<2 {
                try await require(.deletedLimitReached, "one more than the limit") { () throws(StoreError) in
                    _ = try await store.insert(surplus, quota: quota, audit: Sample.event())
                }
                try await store.compactAll()
            }
            _ = try await store.insert(
                try Sample.key(of: Sample.account("b")), quota: quota, audit: Sample.event())
            _ = try await store.insert(surplus, quota: KeyQuota(keys: 100, deletedKeys: 6), audit: Sample.event())
        },
        Case("events that were packed are read as before, and the log goes on") { subject in
            let (store, other) = (try await subject.open(), try await subject.open())
            for index in 0..<23 {
                try await store.append(Sample.event(subject: index % 3 == 0 ? nil : "subject \(index / 2)"))
            }
            let before = try await store.audit(after: 0, limit: .max)
            try await store.compactAll()
            for node in [store, other] {
                try require(try await node.audit(after: 0, limit: .max) == before, "all events, with their digests")
                for start in [0, 3, 4, 5, 8, 22, 23] {
                    try require(
                        try await node.audit(after: Int64(start), limit: 6) == Array(before.dropFirst(start).prefix(6)),
                        "those after \(start)")
                }
            }
            try await other.append(Sample.event(subject: "next"))
            let after = try await store.audit(after: 0, limit: .max)
            try require(after.count == 24 && after.dropLast() == before, "the next event comes after them")
            try require(try AuditChain.firstBreak(in: after, after: nil) == nil, "and fits")
        },
        Case("an archive of a compacted store makes an empty one the same") { subject in
            let source = try await subject.open()
            let churn = try await Churn(in: source)
            try await source.compactAll()
            let archive = try await source.archive()
            let copy = MemoryKeyStore()
            try await copy.restore(archive) { _, _ in }
            try require(try await copy.archive() == archive, "all of it is the same")
            for key in churn.deleted {
                try await require(.keyExists, "and knows what was deleted") { () throws(StoreError) in
                    try await copy.add(key)
                }
            }
        },
        Case("an empty store takes over an archive of a compacted one") { subject in
            let source = MemoryKeyStore()
            let churn = try await Churn(in: source)
            try await source.compactAll()
            let (archive, store) = (try await source.archive(), try await subject.open())
            try await store.restore(archive) { _, _ in }
            try require(try await store.archive() == archive, "all of it is the same")
            let quota = KeyQuota(keys: 100, deletedKeys: churn.deleted.count / 2)
            let key = try Sample.key()
            try await require(.deletedLimitReached, "it counts what was deleted") { () throws(StoreError) in
                _ = try await store.insert(key, quota: quota, audit: Sample.event())
            }
            for key in churn.deleted {
                try await require(.keyExists, "what was deleted stays taken") { () throws(StoreError) in
                    try await store.add(key)
                }
            }
            try await store.compactAll()
            try await store.archive().check()
        },
    ]

    /// Keys that come and go in two accounts, with some in between that stay.
    package struct Churn {
        package private(set) var live: [StoredKey] = []
        package private(set) var deleted: [StoredKey] = []

        package init(in store: some KeyStore) async throws {
            for round in 0..<12 {
                let key = try Sample.key(of: Sample.account(round % 2 == 0 ? "a" : "b"))
                try await store.add(key)
                if round % 4 == 0 {
                    let other = try Sample.key()
                    try await store.add(other)
                    live.append(other)
                }
                // Some are deleted at once, and some after others.
                deleted.append(key)
                if round % 3 == 2 {
                    for key in deleted.suffix(3).reversed() { try await store.delete(key.key.id, of: key.account) }
                }
            }
        }
    }
}

extension CompactionLimits {
    /// Small parts, for small stores.
    package static let few: CompactionLimits = {
        var limits = CompactionLimits()
        (limits.recentChanges, limits.changesAtATime) = (1, 3)
        (limits.recentEvents, limits.eventsAtATime) = (1, 4)
        return limits
    }()
}

extension CompactingStore {
    package func compactAll(_ limits: CompactionLimits = .few) async throws(StoreError) {
        while try await compact(limits) {}
    }
}
