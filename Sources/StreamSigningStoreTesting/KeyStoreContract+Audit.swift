internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let audit: [Case] = [
        Case("every change brings its event, in order and complete") { subject in
            let store = try await subject.open()
            var expected: [AuditEvent] = []
            let key = try Sample.key()
            let credential = try Sample.credential()
            func next(_ action: AuditEvent.Action) -> AuditEvent {
                expected.append(
                    Sample.event(action, subject: "\(expected.count)", at: Sample.time + .microseconds(1)))
                return expected[expected.count - 1]
            }
            _ = try await store.insert(key, limit: 1, audit: next(.keyImported))
            _ = try await store.revoke(key.key.id, of: key.account, at: Sample.time, audit: next(.keyDeleted))
            try await store.insert(credential, audit: next(.credentialCreated))
            try await store.revoke(credential.id, at: Sample.time, audit: next(.credentialRevoked))
            try await store.replace([], from: nil, to: "m1", audit: next(.masterKeyRotated))
            try await store.append(next(.serviceKeyCreated))
            let bare = AuditEvent(time: 0, action: .keyCreated, account: nil, subject: nil, actor: "")
            try await store.append(bare)
            let recorded = try await store.audit(after: 0, limit: 100)
            try require(
                recorded.map(\.event) == expected + [bare], "the events are those that came with the changes")
            try require(recorded.map(\.sequence) == (1...7).map { Int64($0) }, "numbered without gaps")
            try require(try await store.audit(after: 2, limit: 3) == Array(recorded[2..<5]), "and read in parts")
            try require(try await store.audit(after: 7, limit: 3).isEmpty, "to the end")
        },
        Case("the events form one chain, whoever adds them") { subject in
            let stores = [try await subject.open(), try await subject.open()]
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<20 {
                    group.addTask { try await stores[index % 2].append(Sample.event(subject: "\(index)")) }
                }
                try await group.waitForAll()
            }
            let events = try await stores[0].audit(after: 0, limit: 100)
            try require(events.count == 20, "all are there")
            try require(try AuditChain.firstBreak(in: events, after: nil) == nil, "and fit together")
            try require(try AuditChain.firstBreak(in: events[5...], after: events[4]) == nil, "in parts too")
            try require(try AuditChain.firstBreak(in: events[5...], after: events[3]) == 5, "a missing one shows")
        },
    ]

    static let durability: [Case] = [
        Case("everything is there after the store was closed and opened", of: .durable) { subject in
            let store = try await subject.open()
            try await store.name("m1")
            let keys = [
                try Sample.key(), try Sample.serviceKey(of: Sample.account("b"), under: "m1"), try Sample.key(),
            ]
            for key in keys { try await store.add(key) }
            try await store.delete(keys[2].key.id)
            let credential = try Sample.credential()
            try await store.insert(credential, audit: Sample.event(.credentialCreated))
            let (ring, changes) = (Ring(try await store.snapshot()), try await store.allChanges())
            let events = try await store.audit(after: 0, limit: 100)
            await store.close()

            let again = try await subject.open()
            try require(Ring(try await again.snapshot()) == ring, "keys and tombstones")
            try require(try await again.allChanges() == changes, "changes")
            try require(try await again.audit(after: 0, limit: 100) == events, "events")
            try require(try await again.credentials() == [credential], "credentials")
            try require(try await again.sealedKeys() == keys.compactMap(\.sealed), "sealed keys")
            let next = try await again.add(try Sample.key())
            try require(next.rawValue == Int64(changes.count) + 1, "numbers go on where they stopped")
        },
        Case("a closed store says so") { subject in
            let store = try await subject.open()
            await store.close()
            await store.close()
            try await require(.unavailable, "a reader") { () throws(StoreError) in _ = try await store.ids() }
            let key = try Sample.key()
            try await require(.unavailable, "a writer") { () throws(StoreError) in try await store.add(key) }
        },
        Case("a cancelled task does not take its write back") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            let task = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                return try await store.add(key)
            }
            let number = try await task.value
            try require(try await store.allChanges().map(\.number) == [number], "what was begun is done")
        },
    ]
}
