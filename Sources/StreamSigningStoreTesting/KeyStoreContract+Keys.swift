internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let keys: [Case] = [
        Case("a key that was inserted is listed and found") { subject in
            let store = try await subject.open()
            let key = try Sample.key(at: Sample.time + .microseconds(1_234_567))
            try await store.add(key)
            let listed = try await store.keys(of: key.account)
            try require(listed == [KeyListing(id: key.key.id, created: key.created)], "id and time are as inserted")
            try require(
                try await store.verificationKey(key.key.id, of: key.account) == key.key,
                "the key is the one inserted")
            try require(try await store.verificationKeys(of: key.account) == [key.key], "among all as well")
        },
        Case("times are kept to the microsecond") { subject in
            let store = try await subject.open()
            let times: [NumericDate] = [.earliest, -1, 0, .latest, 1 - .microseconds(1)]
            for time in times {
                try await store.add(try Sample.key(at: time))
            }
            try require(try await store.keys(of: Sample.account()).map(\.created) == times, "times come back")
            try await store.add(try Sample.key(of: Sample.account("b"), at: 1 + .nanoseconds(1_999)))
            try require(
                try await store.keys(of: Sample.account("b")).map(\.created) == [1 + .microseconds(1)],
                "what is finer is cut off")
        },
        Case("keys are listed in the order they were added, whatever their times") { subject in
            let store = try await subject.open()
            var ids: [KeyID] = []
            for index in 0..<subject.limit {
                let key = try Sample.key(at: Sample.time - .seconds(index))
                ids.append(key.key.id)
                try await store.add(key)
            }
            try require(try await store.ids() == ids, "the order is that of the calls")
            try await store.delete(ids.remove(at: subject.limit / 2))
            try require(try await store.ids() == ids, "a deleted key leaves the others in their order")
        },
        Case("an account sees its own keys only") { subject in
            let store = try await subject.open()
            let (mine, other) = (try Sample.key(), try Sample.key(of: Sample.account("b")))
            try await store.add(mine)
            try await store.add(other)
            try require(try await store.ids() == [mine.key.id], "another account's key is not listed")
            try require(try await store.ids(of: Sample.account("nobody")).isEmpty, "an unknown account has no keys")
            try require(try await store.verificationKey(other.key.id, of: mine.account) == nil, "nor is it found")
            try await require(.notFound, "nor can it be deleted") { () throws(StoreError) in
                try await store.delete(other.key.id)
            }
            try require(try await store.ids(of: other.account) == [other.key.id], "which left it alone")
        },
        Case("ids are compared byte for byte") { subject in
            let store = try await subject.open()
            let ids = try ["caf\u{E9}", "cafe\u{301}", "Key", "key", "key ", "k' OR 1=1 --"].map { try KeyID($0) }
            for id in ids {
                try await store.add(try Sample.key(Sample.publicKey(id: id)))
            }
            try require(try await store.ids() == ids, "each is an id of its own")
            try await store.delete(ids[0])
            try require(try await store.ids() == Array(ids.dropFirst()), "and deleted alone")
        },
        Case("an id is taken over all accounts") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            for account in [key.account, Sample.account("b")] {
                let same = try Sample.key(Sample.publicKey(id: key.key.id), of: account)
                try await require(.keyExists, "the id is taken in account \(account)") { () throws(StoreError) in
                    try await store.add(same)
                }
            }
            try require(try await store.ids(of: Sample.account("b")).isEmpty, "a refused key is not there")
        },
        Case("an account has a key once, under whatever id") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            let renamed = try VerificationKey(importing: key.key.pem(), id: .random())
            try await require(.keyExists, "the same key under another id") { () throws(StoreError) in
                try await store.add(
                    StoredKey(account: key.account, key: renamed, created: key.created, origin: .imported))
            }
            try await store.add(try Sample.key(renamed, of: Sample.account("b"), origin: .imported))
            try require(
                try await store.ids(of: Sample.account("b")) == [renamed.id], "another account may have it too")
        },
    ]
}
