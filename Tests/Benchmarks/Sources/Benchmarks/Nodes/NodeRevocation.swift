internal import Foundation
internal import Synchronization

extension Measurement {
    /// From the answer to a deletion on one node to the last request that another one allows, over 1,000 deletions: players
    /// ask both other nodes without a pause, for the key that is deleted.
    static let nodeRevocation = Measurement(
        "nodes.revocation.p50_ms", "nodes.revocation.p99_ms", "nodes.revocation.max_ms", "nodes.revocation.stale"
    ) {
        let cluster = try NodeCluster(accounts: 125)
        let keys = try RevocableKeys(8, of: cluster.accounts).entries
        let course = Course()
        let times = try keys.map { try revocation(of: $0, on: cluster.nodes, course) }
        try cluster.stop()
        return [
            Figure("nodes.revocation.p50_ms", times.median, unit: "ms", bound: .below(20)),
            Figure("nodes.revocation.p99_ms", times.percentile(99), unit: "ms", bound: .below(250)),
            Figure("nodes.revocation.max_ms", times.max() ?? 0, unit: "ms", bound: .below(1000)),
            Figure("nodes.revocation.stale", Double(course.staleAnswers), unit: "answers"),
        ]
    }

    /// - Returns: milliseconds; 0 if nobody was allowed in after the answer.
    private static func revocation(
        of key: RevocableKeys.Entry, on nodes: [RunningService], _ course: Course
    ) throws -> Double {
        let port = nodes[0].port
        try HTTPConnection(to: port, as: key.account).send("POST", "keys", body: key.importBody)
        let gates = try nodes.dropFirst().map { try $0.gatePort() }
        course.begin()
        let times = try ThreadTeam.run(gates.count + 1) { number -> Double in
            guard number < gates.count else {
                let connection = try HTTPConnection(to: port, as: key.account)
                try course.waitForPlayers(gates.count)
                try connection.send("DELETE", "keys/\(key.id)")
                course.end()
                return 0
            }
            return try course.play(key.token, at: gates[number])
        }
        return times.max() ?? 0
    }

    /// What players and whoever deletes their key tell each other.
    private final class Course: Sendable {
        private let players = Atomic<Int>(0)
        private let deleted = Mutex<ContinuousClock.Instant?>(nil)
        private let stale = Atomic<Int>(0)

        /// How often a gate refused because of the age of its keys, which says nothing about the one that is deleted.
        var staleAnswers: Int { stale.load(ordering: .relaxed) }

        /// For the next key.
        func begin() {
            players.store(0, ordering: .releasing)
            deleted.withLock { $0 = nil }
        }

        func waitForPlayers(_ count: Int) throws {
            try Deadline("every gate allows the key's token").wait { players.load(ordering: .acquiring) >= count }
        }

        func end() {
            deleted.withLock { $0 = .now }
        }

        /// Plays until it is refused.
        /// - Returns: how many milliseconds after the key's end it was allowed in for the last time.
        func play(_ token: String, at gate: UInt16) throws -> Double {
            let connection = try HTTPConnection(to: gate, as: nil)
            let path = "/\(token)/manifest/video.m3u8"
            try Deadline("the gate allows the key's token").wait {
                try isAllowed(connection.exchange("GET", path), orElse: "key_unknown") == true
            }
            players.add(1, ordering: .releasing)
            var last = ContinuousClock.now
            let refusal = Deadline("the gate refuses the deleted key's token", within: .seconds(60))
            while true {
                let isAllowed = try isAllowed(connection.exchange("GET", path), orElse: "key_revoked")
                if isAllowed == false { break }
                if isAllowed == true { last = .now }
                try refusal.check()
            }
            try refusal.wait { deleted.withLock { $0 } != nil }
            guard let end = deleted.withLock({ $0 }) else { throw MeasurementFailure("the key was not deleted") }
            return max(0, (last - end).inSeconds * 1000)
        }

        /// - Parameter denial: the one code with which the gate may refuse.
        /// - Returns: nil if its keys are too old.
        private func isAllowed(_ answer: HTTPConnection.Answer, orElse denial: String) throws -> Bool? {
            switch (answer.status, answer.denial) {
            // A gate without media has no such file for a viewer that it allows.
            case (404, nil): return true
            case (401, denial): return false
            case (503, "keys_stale"):
                stale.add(1, ordering: .relaxed)
                return nil
            default: throw MeasurementFailure("a gate answered \(answer.status): \(answer.text)")
            }
        }
    }
}
