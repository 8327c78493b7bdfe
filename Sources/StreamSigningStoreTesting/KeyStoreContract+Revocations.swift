internal import StreamSigning
import StreamSigningStore

extension KeyStoreContract {
    static let revocations: [Case] = [
        Case("revocations that were added are found and listed, the newest first") { subject in
            let store = try await subject.open()
            let added = [
                try Sample.revocation(.token, "jti-1", reason: "shared: \"ticket\" 812 \u{1F600}"),
                try Sample.revocation(.session, "s", for: .seconds(1)),
                try Sample.revocation(.viewer, "caf\u{E9}"), try Sample.revocation(.video, "v"),
                try Sample.revocation(.viewer, String(repeating: "v", count: 255), for: Revocation.maximumLifetime),
            ]
            try await store.add(Array(added[..<2]))
            try await store.add(Array(added[2...]))
            try require(try await store.inForce() == added.reversed(), "as added, the newest first")
            for revocation in added {
                let found = try await store.revocation(revocation.id, of: Sample.account(), at: Sample.time)
                try require(found == revocation, "each is found by its id")
                try require(
                    try await store.inForce(subject: revocation.subject) == [revocation], "and by its subject")
            }
            let other = try RevocationSubject(.viewer, "cafe\u{301}")
            try require(try await store.inForce(subject: other).isEmpty, "subjects are compared byte for byte")
        },
        Case("a second revocation of a subject is one of its own") { subject in
            let store = try await subject.open()
            let (first, second) = (try Sample.revocation(), try Sample.revocation())
            try await store.add([first, second])
            try require(try await store.inForce(subject: first.subject) == [second, first], "both are listed")
            try await store.lift(second.id)
            try require(try await store.inForce() == [first], "and lifted by themselves")
        },
        Case("a long list is read in pages") { subject in
            let store = try await subject.open()
            let added = try (0..<7).map { try Sample.revocation($0 % 2 == 0 ? .token : .video, "\($0 % 2)") }
            try await store.add(added)
            let newest = Array(added.reversed())
            try require(try await store.inForce(limit: 3) == Array(newest[..<3]), "the first page")
            try require(try await store.inForce(after: newest[2].id, limit: 3) == Array(newest[3..<6]), "the next")
            try await store.lift(newest[5].id)
            try require(
                try await store.inForce(after: newest[5].id) == [newest[6]], "one that was lifted is still a place")
            let tokens = try RevocationSubject(.token, "0")
            try require(
                try await store.inForce(subject: tokens, after: newest[2].id, limit: 1) == [newest[4]],
                "pages of one subject")
            try require(try await store.inForce(after: newest[6].id).isEmpty, "nothing comes after the oldest")
            let unknown = try RevocationID.random()
            try await require(.notFound, "there is no such place") { () throws(StoreError) in
                _ = try await store.inForce(after: unknown)
            }
        },
        Case("an account sees its own revocations only") { subject in
            let store = try await subject.open()
            let mine = try Sample.revocation()
            let b = Sample.account("b")
            try await store.add([mine])
            try require(try await store.inForce(in: b).isEmpty, "nothing is listed")
            try require(try await store.revocation(mine.id, of: b, at: Sample.time) == nil, "nor found")
            try await require(.notFound, "nor lifted") { () throws(StoreError) in
                try await store.lift(mine.id, of: b)
            }
            try await require(.notFound, "nor a place in a list") { () throws(StoreError) in
                _ = try await store.inForce(in: b, after: mine.id)
            }
            try require(try await store.inForce() == [mine], "which left it alone")
        },
        Case("a revocation is lifted once, and counts no longer") { subject in
            let store = try await subject.open()
            let revocation = try Sample.revocation()
            try await store.add([revocation])
            try await store.lift(revocation.id)
            try require(try await store.inForce().isEmpty, "it is not listed")
            try require(
                try await store.revocation(revocation.id, of: Sample.account(), at: Sample.time) == nil, "nor found")
            try require(try await store.snapshot().revocations.isEmpty, "nor obeyed")
            try await require(.notFound, "the second time") { () throws(StoreError) in
                try await store.lift(revocation.id)
            }
        },
        Case("every revocation is a change with the next number") { subject in
            let store = try await subject.open()
            let key = try Sample.key()
            try await store.add(key)
            let added = try (0..<3).map { try Sample.revocation(.token, "\($0)", reason: "why") }
            try require(try await store.add(added).rawValue == 4, "the number is that of the last")
            try require(try await store.lift(added[1].id).rawValue == 5, "a lift has one too")
            let expected: [StoreChange.Content] =
                [.added(try StoredPublicKey(key.key))] + added.map { .added($0) }
                + [.lifted(added[1])]
            let changes = try await store.allChanges()
            try require(changes.map(\.content) == expected, "all changes, in order")
            try require(changes.map(\.number.rawValue) == [1, 2, 3, 4, 5], "without a gap")
            try require(!changes.contains { $0.content.payload?.contains("why") == true }, "without the reason")
            for number in 0..<5 {
                var follower = KeyHistory()
                try follower.apply(Array(changes.prefix(number)))
                var ring = Ring(follower.snapshot())
                for change in changes.dropFirst(number) { try ring.apply(change) }
                try require(ring == Ring(try await store.snapshot()), "the same from change \(number) on")
            }
        },
        Case("a batch is added whole or not at all") { subject in
            let store = try await subject.open()
            let present = try Sample.revocation()
            try await store.add([present])
            let before = try await store.archive()
            let fresh = try Sample.revocation(.token, "t")
            try await require(.limitReached, "the last has no room") { () throws(StoreError) in
                try await store.add([fresh, fresh], limit: 2)
            }
            try await require(.keyExists, "an id is in use") { () throws(StoreError) in
                try await store.add([fresh, present])
            }
            try require(try await store.archive() == before, "nothing has changed, and no number is used up")
        },
        Case("revocations of an account reach its limit, lifted ones included until they end") { subject in
            let store = try await subject.open()
            let long = try (0..<3).map { try Sample.revocation(.token, "\($0)") }
            let short = try Sample.revocation(.token, "s", for: .seconds(10))
            try await store.add([short] + long, limit: 4)
            try await store.lift(long[0].id)
            try await require(.limitReached, "one more") { () throws(StoreError) in
                try await store.add([short], limit: 4)
            }
            try await store.add([try Sample.revocation()], of: Sample.account("b"), limit: 1)
            let removed = try await store.removeEndedRevocations(by: short.until, limit: 10)
            try require(removed == 1, "one has ended")
            try await store.add([try Sample.revocation()], limit: 4)
        },
        Case("limits hold when several nodes revoke at once") { subject in
            let stores = [try await subject.open(), try await subject.open()]
            let outcomes = try await withThrowingTaskGroup(of: Bool.self) { group in
                for index in 0..<10 {
                    let batch = try (0..<3).map { try Sample.revocation(.token, "\(index).\($0)") }
                    group.addTask { (try? await stores[index % 2].add(batch, limit: 20)) != nil }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            try require(outcomes == 6, "six batches of three fit into twenty")
            try require(try await stores[0].inForce().count == 18, "all of each")
            try await stores[1].archive().check()
        },
        Case("a snapshot has many thousand revocations, all but those that were lifted", of: .durable) { subject in
            let store = try await subject.open()
            var count = 0
            // PostgreSQL answers in parts of 5,000.
            for more in [4_999, 1, 5_001] {
                let added = try (0..<more).map { _ in try Sample.revocation(.token, TokenTerms.randomID()) }
                try await store.add(added, limit: 20_000)
                count += more
                try require(
                    try await store.snapshot().revocations[Sample.account()]?.count == count, "\(count) so far")
            }
            let newest = try await store.inForce(limit: 2)
            for revocation in newest { try await store.lift(revocation.id) }
            let all = try await store.snapshot().revocations[Sample.account()]
            try require(all?.count == 9_999, "the others")
        },
        Case("everything of a revocation is there after the store was closed and opened", of: .durable) { subject in
            let store = try await subject.open()
            let revocations = [try Sample.revocation(reason: "why"), try Sample.revocation(.token, "t")]
            try await store.add(revocations)
            try await store.lift(revocations[1].id)
            let archive = try await store.archive()
            await store.close()
            let again = try await subject.open()
            try require(try await again.archive() == archive, "rows, changes and events")
            try require(try await again.inForce() == [revocations[0]], "in force as before")
        },
    ]
}
