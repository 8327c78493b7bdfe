internal import Foundation

extension Measurement {
    /// From the start of a node to its `/readyz`, with 100,000 keys in PostgreSQL.
    static let nodeStartup = Measurement("nodes.startup_100k_ms", "nodes.memory_100k_mib") {
        let builder = try PopulationBuilder()
        try builder.grow(to: .many)
        let folder = try builder.copy()
        let database = try NodeDatabase(in: folder)
        _ = try ChildProcess(
            running: try ChildProcess.streamsign(),
            ["store", "copy", "--from", "sqlite:" + folder.path(RunningService.dataName), "--to", database.url],
            error: folder.path("copy.log"))
        var starts: [Double] = []
        var memory = 0.0
        for _ in 0..<5 {
            let node = try RunningService(
                in: folder, "--database-url", database.url, "--ready-keys", "0", "--gate", "127.0.0.1:0")
            starts.append(node.timeToReady.inSeconds * 1000)
            memory = try node.residentMebibytes()
            try node.stop()
        }
        return [
            Figure("nodes.startup_100k_ms", rounds: starts, unit: "ms", bound: .below(2000)),
            Figure("nodes.memory_100k_mib", memory, unit: "MiB"),
        ]
    }
}
