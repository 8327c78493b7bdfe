internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let endings: [Case] = [
        Case("a revocation ends by itself, at its time exactly") { subject in
            let store = try await subject.open()
            let revocation = try Sample.revocation(for: .seconds(10))
            try await store.add([revocation])
            let last = revocation.until - .microseconds(1)
            try require(try await store.inForce(at: last) == [revocation], "a moment before it is listed")
            try require(
                try await store.revocation(revocation.id, of: Sample.account(), at: last) != nil, "and found")
            try require(try await store.inForce(at: revocation.until).isEmpty, "at its time it is not")
            try require(
                try await store.revocation(revocation.id, of: Sample.account(), at: revocation.until) == nil,
                "nor found")
            try await require(.notFound, "nor lifted") { () throws(StoreError) in
                _ = try await store.lift(
                    revocation.id, of: Sample.account(), at: revocation.until,
                    audit: Sample.event(.revocationLifted))
            }
        },
        Case("what has ended is removed, the earliest first, and nothing else") { subject in
            let store = try await subject.open()
            let revocations = try (1...5).map { try Sample.revocation(.token, "\($0)", for: .seconds($0)) }
            try await store.add(revocations.reversed())
            try await store.lift(revocations[0].id)
            let end = revocations[2].until
            try require(
                try await store.removeEndedRevocations(by: end - .microseconds(1), limit: 10) == 2, "not before")
            try require(try await store.removeEndedRevocations(by: end, limit: 10) == 1, "then at once")
            try require(try await store.removeEndedRevocations(by: end, limit: 10) == 0, "and once")
            try require(try await store.inForce() == [revocations[3], revocations[4]], "the others stay")
            try require(try await store.archive().revocations.count == 2, "and nothing of those that ended")
            try await store.archive().check()
        },
        Case("as many are removed at a time as asked for") { subject in
            let store = try await subject.open()
            let b = Sample.account("b")
            for account in [Sample.account(), b] {
                let revocations = try (1...3).map { try Sample.revocation(.token, "\($0)", for: .seconds($0)) }
                try await store.add(revocations, of: account)
            }
            let end = Sample.time + .seconds(60)
            var removed: [Int] = []
            repeat {
                removed.append(try await store.removeEndedRevocations(by: end, limit: 4))
                try await store.archive().check()
            } while removed.last != 0
            try require(removed == [4, 2, 0], "four, and the rest")
        },
        Case("one change stands for all that have ended, and numbers go on") { subject in
            let store = try await subject.open()
            let early = try (0..<4).map { try Sample.revocation(.token, "\($0)", for: .seconds($0 == 2 ? 9 : 5)) }
            try await store.add(try Sample.key())
            try await store.add(early)
            try await store.lift(early[0].id)
            try await store.add(try Sample.key())
            func numbers() async throws -> [[Int64]] {
                try await store.allChanges().map { [$0.first.rawValue, $0.number.rawValue] }
            }
            try require(try await store.removeEndedRevocations(by: early[0].until, limit: 10) == 3, "three have ended")
            let holes: [[Int64]] = [[1, 1], [2, 3], [4, 4], [5, 6], [7, 7]]
            try require(try await numbers() == holes, "runs of them are one change each")
            try require(try await store.removeEndedRevocations(by: early[2].until, limit: 10) == 1, "the last as well")
            try require(try await numbers() == [[1, 1], [2, 6], [7, 7]], "and joined with its neighbours")
            let middle = try await store.allChanges(after: 4)
            try require(middle.map(\.number.rawValue) == [6, 7], "a follower in the middle of a run reads on")
            try require(middle[0].follows(ChangeNumber(rawValue: 4)), "and misses nothing")
            let snapshot = try await store.snapshot()
            try require(snapshot.number.rawValue == 7 && snapshot.revocations.isEmpty, "nothing of it is obeyed")
            var history = KeyHistory()
            try history.apply(try await store.allChanges())
            try require(Ring(history.snapshot()) == Ring(snapshot), "who reads everything comes to the same")
            try require(try await store.add(try Sample.key()).rawValue == 8, "numbers go on")
        },
        Case("the last change may have ended too") { subject in
            let store = try await subject.open()
            let revocation = try Sample.revocation()
            try await store.add([revocation])
            _ = try await store.removeEndedRevocations(by: revocation.until, limit: 10)
            try require(try await store.snapshot().number.rawValue == 1, "its number stays")
            try await store.confirm(ChangeNumber(rawValue: 1), by: NodeID(rawValue: "n"), for: .seconds(5))
            try require(try await store.add([revocation]).rawValue == 2, "the next is another")
        },
        Case("nodes that remove at once leave a sound store") { subject in
            let stores = [try await subject.open(), try await subject.open()]
            for round in 0..<10 {
                try await stores[0].add(
                    try (0..<5).map { try Sample.revocation(.token, "\(round)", for: .seconds(1 + (round * $0) % 7)) })
                if round % 3 == 0 { try await stores[0].add(try Sample.key()) }
            }
            let removed = try await withThrowingTaskGroup(of: Int.self) { group in
                for index in 0..<20 {
                    group.addTask {
                        try await stores[index % 2].removeEndedRevocations(
                            by: Sample.time + .seconds(6), limit: 3)
                    }
                }
                return try await group.reduce(0, +)
            }
            try require(removed <= 50 && removed > 0, "none is removed twice")
            let archive = try await stores[0].archive()
            try archive.check()
            try require(archive.revocations.count == 50 - removed, "and none is missing")
        },
    ]
}
