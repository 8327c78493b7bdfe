/// Three nodes, each with a gate, on one database.
final class NodeCluster {
    let nodes: [RunningService]
    let database: NodeDatabase
    /// Each with a credential that may write.
    let accounts: [ServiceAccount]
    private let folder: TemporaryFolder

    init(accounts: Int) throws {
        let folder = try TemporaryFolder()
        let database = try NodeDatabase(in: folder)
        self.accounts = try (0..<accounts).map {
            try ServiceAccount(making: "account-\($0)", ["--database-url", database.url], in: folder)
        }
        // One after the other: the first makes the master key that all share.
        nodes = try (0..<3).map { _ in
            try RunningService(
                in: folder, "--database-url", database.url, "--ready-keys", "0", "--gate", "127.0.0.1:0")
        }
        self.folder = folder
        self.database = database
    }

    /// What `store check` says about the keys and changes that are there.
    func check() throws -> (keys: Int, deleted: Int, changes: Int) {
        _ = try ChildProcess(
            running: try ChildProcess.streamsign(), ["store", "check", "--database-url", database.url],
            output: folder.path("check"), error: folder.path("check.log"))
        let text = try folder.read("check")
        func count(_ name: String) throws -> Int {
            let part = text.split(separator: ", ").first { $0.contains(" " + name) }
            guard let count = part.flatMap({ Int($0.prefix { $0.isNumber }) }) else {
                throw MeasurementFailure("store check says: \(text)")
            }
            return count
        }
        return (try count("keys"), try count("deleted ones"), try count("changes"))
    }

    /// Adds the last lines of what the nodes have said to a failure: they say what their answers do not.
    func explainingFailures<Value>(_ body: () throws -> Value) throws -> Value {
        do {
            return try body()
        } catch {
            let lines = nodes.flatMap { $0.log.split(separator: "\n").suffix(5) }
            throw MeasurementFailure("\(error)\nThe nodes said:\n\(lines.joined(separator: "\n"))")
        }
    }

    func stop() throws {
        for node in nodes { try node.stop() }
    }
}
