internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let keyUses: [Case] = [
        Case("the latest use of a key is kept, in whatever order it is reported") { subject in
            let store = try await subject.open()
            let (key, other) = (try Sample.key(), try Sample.key())
            for key in [key, other] { try await store.add(key) }
            try require(try await store.details(in: key.account).allSatisfy { $0.use == nil }, "none at first")
            let before = try await store.snapshot().number
            // Use and expiry grow apart: who was let in last may have a token that ends sooner.
            for (last, expiry, expected) in [(10, 100, (10, 100)), (20, 50, (20, 100)), (5, 200, (20, 200))] {
                try await store.record([key.key.id: use(last, expiry), try KeyID.random(): use(last, expiry)])
                let details = try await store.details(of: key.key.id, in: key.account)
                try require(details?.use == use(expected.0, expected.1), "after \(last) and \(expiry)")
            }
            try require(try await store.details(of: other.key.id, in: other.account)?.use == nil, "the other's is not")
            try require(try await store.snapshot().number == before, "nodes need not hear of it")
            try require(try await store.audit(after: 0, limit: 10).count == 2, "nor is it in the log")
        },
        Case("use and state of a key do not disturb each other") { subject in
            let store = try await subject.open()
            let (used, changed) = (try Sample.key(), try Sample.key())
            let update = try KeyUpdate(name: "studio", isEnabled: false, at: Sample.time)
            for key in [used, changed] { try await store.add(key) }
            try await store.record([used.key.id: use(10, 100)])
            for key in [used, changed] {
                let (details, _) = try await store.update(
                    key.key.id, of: key.account, by: update, at: Sample.time, audit: Sample.event(.keyChanged))
                try require(details.use == (key.key.id == used.key.id ? use(10, 100) : nil), "the answer has both")
            }
            try await store.record([used.key.id: use(20, 100), changed.key.id: use(20, 100)])
            for details in try await store.details(in: used.account) {
                try require(details.state == KeyState(name: "studio", isEnabled: false), "the state is as it was")
                try require(details.use == use(20, 100), "the use is the latest")
            }
            let archive = try await store.archive()
            try archive.check()
            try require(archive.keyStates.map(\.use) == [use(20, 100), use(20, 100)], "an archive has it")
        },
        Case("many uses are recorded at once") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            var uses = [key.key.id: use(10, 100)]
            for _ in 0..<2_500 { uses[try KeyID.random()] = use(10, 100) }
            try await store.record(uses)
            try await store.record([:])
            try require(try await store.details(in: key.account).map(\.use) == [use(10, 100)], "it is among them")
        },
        Case("a key is deleted only if it was not used for long enough") { subject in
            let store = try await subject.open()
            let (used, unused) = (try Sample.key(), try Sample.key())
            for key in [used, unused] { try await store.add(key) }
            try await store.record([used.key.id: use(10, 100)])
            for (key, last) in [(used, Sample.time + .seconds(10)), (unused, unused.created)] {
                let before = try await store.archive()
                let early = try await store.delete(key, unusedSince: last - .seconds(1))
                try require(early == .inUse(last: last), "not before the time of its last use")
                try require(try await store.archive() == before, "nothing is done")
                guard case .revoked(let number) = try await store.delete(key, unusedSince: last) else {
                    throw KeyStoreContract.Violation(description: "at that time it is deleted")
                }
                try require(try await store.snapshot().number == number, "by the last change")
                try await require(.notFound, "it is gone") { () throws(StoreError) in
                    _ = try await store.delete(key, unusedSince: last)
                }
            }
            try await store.record([used.key.id: use(20, 100)])
            try require(try await store.archive().keyStates.isEmpty, "a deleted key is not used any more")
            try await store.archive().check()
        },
        Case("another account's key is not deleted, however long it was not used") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            try await require(.notFound, "not found") { () throws(StoreError) in
                _ = try await store.revoke(
                    key.key.id, of: Sample.account("b"), unusedSince: Sample.time + .seconds(60), at: Sample.time,
                    audit: Sample.event(.keyDeleted))
            }
            try require(try await store.details(in: key.account).count == 1, "it is there")
        },
    ]

    /// Seconds after the samples' time.
    private static func use(_ last: Int, _ expiry: Int) -> KeyUse {
        KeyUse(last: Sample.time + .seconds(last), latestExpiry: Sample.time + .seconds(expiry))
    }
}

extension KeyStore {
    fileprivate func delete(
        _ key: StoredKey, unusedSince time: NumericDate
    ) async throws(StoreError) -> UnusedKeyRevocation {
        try await revoke(
            key.key.id, of: key.account, unusedSince: time, at: Sample.time, audit: Sample.event(.keyDeleted))
    }
}
