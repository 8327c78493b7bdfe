internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let keyStates: [Case] = [
        Case("a key has no name at first, and its tokens are let in for ever") { subject in
            let store = try await subject.open()
            let (one, two) = (try Sample.key(), try Sample.key(at: Sample.time - .seconds(1)))
            try await store.add(one)
            try await store.add(two)
            let expected = [one, two].map { KeyDetails(id: $0.key.id, created: $0.created) }
            try require(try await store.details(in: one.account) == expected, "in the order they were added")
            try require(try await store.details(of: one.key.id, in: one.account) == expected[0], "and by its id")
        },
        Case("what is changed of a key is shown, and stays beside what is changed later") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            let expires = Sample.time + .seconds(60)
            let steps: [(KeyUpdate, KeyState, Bool)] = [
                (try KeyUpdate(name: "studio \u{1F3AC}", at: Sample.time), KeyState(name: "studio \u{1F3AC}"), false),
                (
                    try KeyUpdate(isEnabled: false, at: Sample.time),
                    KeyState(name: "studio \u{1F3AC}", isEnabled: false), true
                ),
                (
                    try KeyUpdate(expires: expires, at: Sample.time),
                    KeyState(name: "studio \u{1F3AC}", isEnabled: false, expires: expires), true
                ),
                (
                    try KeyUpdate(name: .some(nil), isEnabled: true, at: Sample.time), KeyState(expires: expires), true
                ),
                (try KeyUpdate(expires: .some(nil), at: Sample.time), KeyState(), true),
            ]
            for (update, state, isNews) in steps {
                let (shown, number) = try await store.change(key, update)
                try require(shown == KeyDetails(id: key.key.id, created: key.created, state: state), "\(update)")
                try require((number != nil) == isNews, "only what nodes decide by is a change: \(update)")
                try require(try await store.details(in: key.account) == [shown], "in the list too")
            }
            let events = try await store.audit(after: 0, limit: 10).map(\.event.action)
            try require(events == [.keyCreated] + steps.map { _ in .keyChanged }, "each is in the log")
        },
        Case("an update that changes nothing leaves no trace") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            let before = try await store.archive()
            let (_, number) = try await store.change(key, KeyUpdate(name: "", isEnabled: true, at: Sample.time))
            try require(number == nil, "no change")
            try require(try await store.archive() == before, "and no event")
        },
        Case("only the account's own keys that are not deleted can be changed") { subject in
            let store = try await subject.open()
            let (mine, deleted) = (try Sample.key(), try Sample.key())
            for key in [mine, deleted] { try await store.add(key) }
            try await store.delete(deleted.key.id)
            let update = try KeyUpdate(isEnabled: false, at: Sample.time)
            for (id, account) in [
                (mine.key.id, Sample.account("b")), (deleted.key.id, mine.account),
                (try KeyID.random(), mine.account),
            ] {
                try require(try await store.details(of: id, in: account) == nil, "it is not found")
                try await require(.notFound, "nor changed") { () throws(StoreError) in
                    _ = try await store.update(
                        id, of: account, by: update, at: Sample.time, audit: Sample.event(.keyChanged))
                }
            }
        },
        Case("a key that has expired is enabled with another expiry alone") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            let expires = Sample.time + .seconds(60)
            try await store.change(key, KeyUpdate(expires: expires, at: Sample.time))
            let enabling = try KeyUpdate(isEnabled: true, at: expires)
            let before = try await store.archive()
            try await require(.keyExpired, "at its expiry") { () throws(StoreError) in
                _ = try await store.update(
                    key.key.id, of: key.account, by: enabling, at: expires, audit: Sample.event(.keyChanged))
            }
            try require(try await store.archive() == before, "nothing has changed")
        },
        Case("nodes are told the state of a key by one change, the last") { subject in
            let store = try await subject.open()
            let (key, other) = (try Sample.key(), try Sample.key())
            for key in [key, other] { try await store.add(key) }
            for isEnabled in [false, true, false] {
                try await store.change(key, KeyUpdate(isEnabled: isEnabled, at: Sample.time))
            }
            let changes = try await store.allChanges()
            try require(
                changes.map { [$0.first.rawValue, $0.number.rawValue] } == [[1, 1], [2, 2], [3, 4], [5, 5]],
                "those before it are forgotten")
            try require(changes[3].content == .state(KeyState(isEnabled: false), of: key.key.id), "the last is there")
            let snapshot = try await store.snapshot()
            try require(snapshot.states == [key.key.id: KeyState(isEnabled: false)], "as in a snapshot")
            var history = KeyHistory()
            try history.apply(changes)
            try require(Ring(history.snapshot()) == Ring(snapshot), "who reads everything comes to the same")
            try await store.archive().check()
            try await store.delete(key.key.id)
            try require(try await store.snapshot().states.isEmpty, "it goes with the key")
            try require(
                try await store.allChanges().map { $0.first.rawValue } == [1, 2, 3, 6], "and so does its change")
            try await store.archive().check()
        },
    ]
}

extension KeyStore {
    @discardableResult
    fileprivate func change(
        _ key: StoredKey, _ update: KeyUpdate
    ) async throws(StoreError) -> (key: KeyDetails, number: ChangeNumber?) {
        try await self.update(
            key.key.id, of: key.account, by: update, at: Sample.time, audit: Sample.event(.keyChanged))
    }
}
