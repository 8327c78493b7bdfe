extension Measurement {
    /// From the answer to a deletion on one node to the last request that another one allows, over 1,000 deletions: players
    /// ask both other nodes without a pause, for the key that is deleted.
    static let nodeRevocation = Measurement(
        "nodes.revocation.p50_ms", "nodes.revocation.p99_ms", "nodes.revocation.max_ms", "nodes.revocation.stale",
        "nodes.revocation.unavailable"
    ) {
        let cluster = try NodeCluster(accounts: 125)
        let (course, change) = (RevocationCourse(), RepeatedChange())
        let times = try cluster.explainingFailures {
            try RevocableKeys(8, of: cluster.accounts).entries.map { key in
                let port = cluster.nodes[0].port
                try change.send(
                    over: HTTPConnection(to: port, as: key.account), "POST", "keys", body: key.importBody, orElse: 409)
                return try course.time(key.token, endingWith: "key_revoked", on: cluster.nodes) {
                    try change.send(
                        over: HTTPConnection(to: port, as: key.account), "DELETE", "keys/\(key.id)", orElse: 404)
                }
            }
        }
        try cluster.stop()
        return [
            Figure("nodes.revocation.p50_ms", times.median, unit: "ms", bound: .below(20)),
            Figure("nodes.revocation.p99_ms", times.percentile(99), unit: "ms", bound: .below(250)),
            Figure("nodes.revocation.max_ms", times.max() ?? 0, unit: "ms", bound: .below(1000)),
            Figure("nodes.revocation.stale", Double(course.staleAnswers), unit: "answers"),
            Figure("nodes.revocation.unavailable", Double(change.unavailableAnswers), unit: "answers"),
        ]
    }
}
