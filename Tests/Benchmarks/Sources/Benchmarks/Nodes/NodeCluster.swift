internal import Foundation

/// Three nodes, each with a gate, on one database.
final class NodeCluster {
    let nodes: [RunningService]
    /// Each with a credential that may write.
    let accounts: [ServiceAccount]
    private let folder: TemporaryFolder

    init(accounts: Int) throws {
        let folder = try TemporaryFolder()
        let database = try NodeDatabase(in: folder)
        try FileManager.default.createDirectory(
            atPath: folder.path(RunningService.dataName), withIntermediateDirectories: false,
            attributes: [.posixPermissions: 0o700])
        self.accounts = try (0..<accounts).map {
            try ServiceAccount(making: "account-\($0)", ["--database-url", database.url], in: folder)
        }
        // One after the other: the first makes the master key that all share.
        nodes = try (0..<3).map { _ in
            try RunningService(
                in: folder, "--database-url", database.url, "--ready-keys", "0", "--gate", "127.0.0.1:0")
        }
        self.folder = folder
    }

    func stop() throws {
        for node in nodes { try node.stop() }
    }
}
