package import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let limits: [Case] = [
        Case("an account has as many keys as the limit says, and no more") { subject in
            let store = try await subject.open()
            for _ in 0..<subject.limit {
                try await store.add(try Sample.key(), limit: subject.limit)
            }
            let surplus = try Sample.key()
            try await require(.limitReached, "one more than the limit") { () throws(StoreError) in
                try await store.add(surplus, limit: subject.limit)
            }
            try require(try await store.ids().count == subject.limit, "the refused key is not there")
            try await store.add(try Sample.key(of: Sample.account("b")), limit: subject.limit)
            try await store.add(surplus, limit: subject.limit + 1)
        },
        Case("a deleted key makes room") { subject in
            let store = try await subject.open()
            let first = try Sample.key()
            try await store.add(first, limit: 1)
            try await store.delete(first.key.id)
            try await store.add(try Sample.key(), limit: 1)
        },
        Case("a refused key leaves nothing behind") { subject in
            let store = try await subject.open()
            let refused = try Sample.key()
            try await require(.limitReached, "an account without room") { () throws(StoreError) in
                try await store.add(refused, limit: 0)
            }
            try require(try await store.allChanges().isEmpty, "no change")
            try require(try await store.audit(after: 0, limit: 10).isEmpty, "no event")
            try await store.add(refused)
            try require(
                try await store.allChanges().map(\.number.rawValue) == [1], "neither its id nor a number is used up"
            )
        },
    ]

    static let tombstones: [Case] = [
        Case("a deleted key is neither listed nor found") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            try await store.delete(key.key.id)
            try require(try await store.ids().isEmpty, "it is not listed")
            try require(try await store.verificationKey(key.key.id, of: key.account) == nil, "nor found")
            try require(try await store.verificationKeys(of: key.account).isEmpty, "nor among all")
            let snapshot = try await store.snapshot()
            try require(snapshot.keys.isEmpty, "nor trusted")
            try require(snapshot.revoked.map(\.id) == [key.key.id], "but remembered")
            try require(snapshot.revoked.map(\.account) == [key.account], "with its account")
        },
        Case("a key is deleted once") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            try await store.delete(key.key.id)
            try await require(.notFound, "the second deletion") { () throws(StoreError) in
                try await store.delete(key.key.id)
            }
            let unknownID = try Sample.unknownID
            try await require(.notFound, "a key that never was") { () throws(StoreError) in
                try await store.delete(unknownID)
            }
            try require(try await store.allChanges().count == 2, "no change more")
            try require(try await store.audit(after: 0, limit: 10).count == 2, "no event more")
        },
        Case("the id and the key of a deleted key stay taken") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            try await store.delete(key.key.id)
            try await require(.keyExists, "the same key under the same id") { () throws(StoreError) in
                try await store.add(key)
            }
            let other = try Sample.key(Sample.publicKey(id: key.key.id), of: Sample.account("b"))
            try await require(.keyExists, "another account's key under the id") { () throws(StoreError) in
                try await store.add(other)
            }
            let renamed = try Sample.key(VerificationKey(importing: key.key.pem(), id: .random()))
            try await require(.keyExists, "the key under another id") { () throws(StoreError) in
                try await store.add(renamed)
            }
        },
    ]
}

extension Sample {
    package static var unknownID: KeyID {
        get throws { try KeyID("unknown") }
    }
}
