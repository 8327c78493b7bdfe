internal import Foundation

extension Measurement {
    /// Keys imported and deleted again on three nodes at once, for ten seconds; and how many of what was acknowledged is not in
    /// the database afterwards.
    static let nodeWrites = Measurement("nodes.writes.rate", "nodes.writes.lost") {
        let threads = 48
        let cluster = try NodeCluster(accounts: threads)
        let ports = cluster.nodes.map(\.port)
        let accounts = cluster.accounts
        let clock = ContinuousClock()
        let start = clock.now
        let counts = try ThreadTeam.run(threads) { number -> (created: Int, deleted: Int) in
            let connection = try HTTPConnection(to: ports[number % ports.count], as: accounts[number])
            var count = (created: 0, deleted: 0)
            while clock.now - start < .seconds(10) {
                let key = ForeignKey()
                try connection.send("POST", "keys", body: key.importBody)
                count.created += 1
                try connection.send("DELETE", "keys/\(key.id)")
                count.deleted += 1
            }
            return count
        }
        let seconds = (clock.now - start).inSeconds
        let created = counts.reduce(0) { $0 + $1.created }
        let deleted = counts.reduce(0) { $0 + $1.deleted }
        try cluster.stop()
        let there = try cluster.check()
        let lost =
            abs(there.keys - (created - deleted)) + abs(there.deleted - deleted)
            + abs(there.changes - (created + deleted))
        return [
            Figure("nodes.writes.rate", Double(created + deleted) / seconds, unit: "/s", bound: .atLeast(1000)),
            Figure("nodes.writes.lost", Double(lost), unit: "changes", bound: .atMost(0)),
        ]
    }
}
