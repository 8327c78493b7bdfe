internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let nodes: [Case] = [
        Case("what a node confirms is known until it confirms something else") { subject in
            let store = try await subject.open()
            try require(try await store.nodes().isEmpty, "nobody has confirmed anything")
            let numbers = [try await store.add(Sample.key()), try await store.add(Sample.key())]
            for number in numbers {
                try await store.confirm(number, by: first, for: .seconds(3600))
                try await store.confirm(numbers[0], by: second, for: .seconds(3600))
                let nodes = try await store.nodes()
                try require(nodes.map(\.node) == [first, second], "both nodes, by name")
                try require(nodes.map(\.number) == [number, numbers[0]], "each with what it confirmed last")
                try require(nodes.allSatisfy { (.zero ..< .seconds(60)).contains($0.age) }, "a moment ago")
            }
        },
        Case("a node is gone when it says so, or when its word has expired") { subject in
            let store = try await subject.open()
            let start = ChangeNumber(rawValue: 0)
            try await store.confirm(start, by: first, for: .seconds(3600))
            try await store.confirm(start, by: second, for: .milliseconds(1))
            while try await store.nodes().count > 1 { try await Task.sleep(for: .milliseconds(10)) }
            try require(try await store.nodes().map(\.node) == [first], "the other's word has expired")
            try await store.confirm(start, by: second, for: .seconds(3600))
            try require(try await store.nodes().count == 2, "it is back")
            try await store.retire(first)
            try require(try await store.nodes().map(\.node) == [second], "the first has left")
            try await store.retire(first)
        },
        Case("a node that knows more than the store is told") { subject in
            let store = try await subject.open()
            let number = try await store.add(Sample.key())
            try await store.confirm(number, by: first, for: .seconds(3600))
            try await require(.lostChanges, "a change that never was") { () throws(StoreError) in
                try await store.confirm(
                    ChangeNumber(rawValue: number.rawValue + 1), by: second, for: .seconds(3600))
            }
            try require(try await store.nodes().map(\.node) == [first], "and has confirmed nothing")
        },
        Case("a lane sees every change, counts as the store, and ends with it") { subject in
            let store = try await subject.open()
            let lane = try await store.lane(connections: 1)
            let number = try await store.add(Sample.key())
            let changes = try await lane.changes(after: ChangeNumber(rawValue: 0), limit: 10)
            try require(changes.map(\.number) == [number], "what is written beside it")
            try require(try await lane.snapshot().keys.count == 1, "and all keys")
            try await lane.confirm(number, by: first, for: .seconds(3600))
            try require(try await store.nodes().map(\.node) == [first], "what is confirmed over it")
            try await store.retire(first)
            try require(try await lane.nodes().isEmpty, "and taken back beside it")
            try require(try await lane.credentialRevision() == store.credentialRevision(), "the same credentials")
            await store.close()
            try await require(.unavailable, "a lane of a closed store") { () throws(StoreError) in
                _ = try await lane.credentials()
            }
        },
        Case("nodes that share a store know of one another", of: .shared) { subject in
            let (here, there) = (try await subject.open(), try await subject.open())
            let number = try await here.add(Sample.key())
            try await here.confirm(number, by: first, for: .seconds(3600))
            try require(try await there.nodes().map(\.node) == [first], "what is confirmed here is known there")
            try await there.retire(first)
            try require(try await here.nodes().isEmpty, "and so is its end")
        },
    ]

    private static let first = NodeID(rawValue: "0000000000000001")
    private static let second = NodeID(rawValue: "0000000000000002")
}
