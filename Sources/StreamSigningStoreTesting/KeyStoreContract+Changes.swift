internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let changes: [Case] = [
        Case("an empty store is at number 0") { subject in
            let store = try await subject.open()
            let snapshot = try await store.snapshot()
            try require(snapshot.number.rawValue == 0, "the number before the first change")
            try require(snapshot.keys.isEmpty && snapshot.revoked.isEmpty, "nothing is in it")
            try require(try await store.allChanges().isEmpty, "and nothing has changed")
        },
        Case("every change has the next number, and is read under it") { subject in
            let store = try await subject.open()
            let (one, two) = (try Sample.key(), try Sample.key(of: Sample.account("b")))
            let numbers = [
                try await store.add(one), try await store.add(two), try await store.delete(one.key.id),
            ]
            try require(numbers.map(\.rawValue) == [1, 2, 3], "numbers follow one another")
            let expected = [
                StoreChange(
                    number: numbers[0], account: one.account, content: .added(try StoredPublicKey(one.key)),
                    time: Sample.time),
                StoreChange(
                    number: numbers[1], account: two.account, content: .added(try StoredPublicKey(two.key)),
                    time: Sample.time),
                StoreChange(
                    number: numbers[2], account: one.account, content: .revoked(one.key.id), time: Sample.time),
            ]
            try require(try await store.allChanges() == expected, "all changes, in order")
            try require(try await store.allChanges(after: 1) == Array(expected.dropFirst()), "those after a number")
            try require(
                try await store.changes(after: ChangeNumber(rawValue: 1), limit: 1) == [expected[1]],
                "as many as asked for")
            try require(try await store.allChanges(after: 3).isEmpty, "none after the last")
            try require(
                try await store.allChanges(after: .max).isEmpty, "none after a number that is not there yet")
        },
        Case("a snapshot and the changes after it make the next snapshot") { subject in
            let store = try await subject.open()
            var ring = Ring(try await store.snapshot())
            for round in 0..<3 {
                var ids: [KeyID] = []
                for _ in 0..<5 {
                    let key = try Sample.key()
                    ids.append(key.key.id)
                    try await store.add(key)
                }
                try await store.delete(ids[round])
                for change in try await store.allChanges(after: ring.number) {
                    try ring.apply(change)
                }
                try require(ring == Ring(try await store.snapshot()), "after round \(round)")
            }
        },
        Case("a change can be read on every node when its call returns") { subject in
            let (here, there) = (try await subject.open(), try await subject.open())
            for _ in 0..<10 {
                let key = try Sample.key()
                let added = try await here.add(key)
                try require(try await there.ids() == [key.key.id], "the key is listed there")
                try require(try await there.snapshot().number == added, "its change is in the snapshot")
                let deleted = try await there.delete(key.key.id)
                try require(try await here.ids().isEmpty, "the deleted key is gone here")
                try require(
                    try await here.allChanges(after: added.rawValue).map(\.number) == [deleted], "its change too")
            }
        },
    ]

    /// What a follower of the changes knows.
    struct Ring: Equatable, ChangeReceiver {
        private(set) var number: Int64
        private var keys: [KeyID: StoredPublicKey]
        private var revoked: Set<KeyFingerprint>
        private var revocations: [AccountID: Set<Revocation>]
        private var states: [KeyID: KeyState]

        init(_ snapshot: KeySnapshot) {
            number = snapshot.number.rawValue
            keys = Dictionary(uniqueKeysWithValues: snapshot.keys.map { ($0.key.id, $0.key) })
            revoked = Set(snapshot.compacted.keys).union(snapshot.revoked.compactMap { try? KeyFingerprint(of: $0.id) })
            revocations = snapshot.revocations.mapValues { Set($0.revocations) }
            states = snapshot.states
        }

        /// The keys that are trusted.
        var trusted: Set<KeyID> { Set(keys.keys) }

        func isRevoked(_ id: KeyID) throws(StoreError) -> Bool { revoked.contains(try KeyFingerprint(of: id)) }

        mutating func apply(_ change: StoreChange) throws(StoreError) {
            number = change.number.rawValue
            try change.apply(to: &self)
        }

        mutating func add(_ key: StoredPublicKey, of account: AccountID) {
            keys[key.id] = key
        }

        mutating func revoke(_ id: KeyID, of account: AccountID) throws(StoreError) {
            try revoke([KeyFingerprint(of: id)], of: account)
        }

        mutating func revoke(_ fingerprints: [KeyFingerprint], of account: AccountID) throws(StoreError) {
            for id in keys.keys where fingerprints.contains(try KeyFingerprint(of: id)) {
                keys[id] = nil
                states[id] = nil
            }
            revoked.formUnion(fingerprints)
        }

        mutating func release(_ id: KeyID, of account: AccountID) throws(StoreError) {
            keys[id] = nil
            revoked.remove(try KeyFingerprint(of: id))
        }

        mutating func set(_ state: KeyState, of id: KeyID, in account: AccountID) {
            states[id] = state == KeyState() ? nil : state
        }

        mutating func add(_ revocation: Revocation, of account: AccountID) {
            revocations[account, default: []].insert(revocation)
        }

        mutating func lift(_ revocation: Revocation, of account: AccountID) {
            revocations[account]?.remove(revocation)
            if revocations[account]?.isEmpty == true { revocations[account] = nil }
        }
    }
}
