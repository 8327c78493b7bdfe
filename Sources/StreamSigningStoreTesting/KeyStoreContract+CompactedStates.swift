internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let compactedStates: [Case] = [false, true].map { endsFirst in
        Case(
            """
            states of keys, and revocations that were forgotten \(endsFirst ? "before" : "after") a compaction, do not \
            disturb it
            """
        ) { subject in
            let store = try await subject.open()
            let kept = try Sample.key()
            try await store.add(kept)
            try await store.disable(kept)
            let revocations = try (0..<8).map { index in
                try Sample.revocation(.viewer, "viewer \(index)", for: .seconds(index % 2 == 0 ? 60 : 3_600))
            }
            for revocation in revocations {
                let key = try Sample.key()
                try await store.add(key)
                try await store.disable(key)
                try await store.add([revocation])
                try await store.delete(key.key.id)
            }
            try await store.lift(revocations[1].id)
            func forget() async throws {
                _ = try await store.removeEndedRevocations(by: Sample.time + .seconds(61), limit: 100)
            }
            if endsFirst { try await forget() }
            try await store.compactAll()
            if !endsFirst { try await forget() }
            try await store.compactAll()

            let snapshot = try await store.snapshot()
            try require(snapshot.compacted.count >= 7, "most deleted keys are compacted")
            try require(snapshot.states.count == 1, "a key's state is that of before")
            let left = [7, 5, 3].map { revocations[$0].id }
            try require(try await store.inForce().map(\.id) == left, "so are revocations")
            var history = KeyHistory()
            try history.apply(try await store.allChanges())
            try history.requireComplete()
            try require(Ring(history.snapshot()) == Ring(snapshot), "the changes lead to the snapshot")
            let archive = try await store.archive()
            try archive.check()
            let copy = MemoryKeyStore()
            try await copy.restore(archive) { _, _ in }
            try require(try await copy.archive() == archive, "and so does a copy")
        }
    }
}

extension KeyStore {
    fileprivate func disable(_ key: StoredKey) async throws {
        _ = try await update(
            key.key.id, of: key.account, by: KeyUpdate(isEnabled: false, at: Sample.time), at: Sample.time,
            audit: Sample.event(.keyChanged))
    }
}
