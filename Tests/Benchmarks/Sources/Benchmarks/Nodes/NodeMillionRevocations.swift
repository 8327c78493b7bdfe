extension Measurement {
    /// A node with a million revocations in PostgreSQL: from its start to its `/readyz`, and what they take in the memory of one
    /// that finds them at its start and of one that took them in by the thousand.
    static let nodeMillionRevocations = Measurement(
        "nodes.revocations_1m.startup_ms", "nodes.revocations_1m.batch_1000_ms", "gate.revocations_1m.memory_mib",
        "gate.revocations_1m.added_memory_mib"
    ) {
        let folder = try TemporaryFolder()
        let database = try NodeDatabase(in: folder)
        func node() throws -> RunningService {
            try RunningService(
                in: folder, "--database-url", database.url, "--ready-keys", "0", "--gate", "127.0.0.1:0")
        }
        let first = try node()
        let account = try first.firstAccount()
        try first.stop()
        let empty = try node()
        try empty.waitUntilIdle()
        let before = try empty.residentMebibytes()
        let batches = try RevocationPopulation.add(1_000, over: empty.connect(as: account))
        try empty.waitUntilIdle()
        let added = try empty.residentMebibytes()
        try empty.stop()
        var starts: [Double] = []
        var loaded: [Double] = []
        for _ in 0..<5 {
            let node = try node()
            starts.append(node.timeToReady.inSeconds * 1000)
            guard try node.metric("streamsign_live_revocations") == 1_000 * RevocationPopulation.batch else {
                throw MeasurementFailure("the node has not all revocations")
            }
            try node.waitUntilIdle()
            loaded.append(try node.residentMebibytes())
            try node.stop()
        }
        return [
            Figure("nodes.revocations_1m.startup_ms", rounds: starts, unit: "ms", bound: .below(3000)),
            Figure("nodes.revocations_1m.batch_1000_ms", batches.median, unit: "ms"),
            Figure(
                "gate.revocations_1m.memory_mib", rounds: loaded.map { $0 - before }, unit: "MiB", bound: .atMost(96)),
            Figure("gate.revocations_1m.added_memory_mib", added - before, unit: "MiB", bound: .atMost(96)),
        ]
    }
}
