internal import Foundation

/// How many keys there are.
enum KeyPopulation: CaseIterable {
    /// Those of the two accounts that are measured.
    case few
    /// 99 accounts of 1,000 keys more.
    case many

    /// How many keys the accounts have that are measured.
    var accounts: [Int] { [10, 1000] }

    var otherAccounts: Int { self == .few ? 0 : 99 }

    /// The part of a figure's name that tells the account and what is around it.
    func figure(_ count: Int) -> String {
        self == .few ? "\(count)" : "\(count)_of_100000"
    }

    var wholeNames: [String] {
        let keys = self == .few ? "1000" : "100000"
        return ["service.ready.\(keys)_keys_ms", "service.memory.\(keys)_keys_mib"]
    }
}

/// Puts keys into a database: over the API, as everybody does, and in memory, because a hundred thousand commits take long
/// on a disk.
final class PopulationBuilder {
    /// The accounts that are measured.
    let measured: [ServiceAccount]
    private let folder: TemporaryFolder
    private var others = 0

    init() throws {
        let folder = try TemporaryFolder.inMemory(ofBytes: 1_000_000_000)
        self.folder = folder
        measured = try KeyPopulation.few.accounts.map { try ServiceAccount(making: "with-\($0)", inDataOf: folder) }
        let service = try RunningService(in: folder, "--ready-keys", "0")
        for (account, count) in zip(measured, KeyPopulation.few.accounts) {
            try service.connect(as: account).importKeys(count)
        }
        try service.stop()
    }

    func grow(to population: KeyPopulation) throws {
        let accounts = try (others..<max(population.otherAccounts, others)).map {
            try ServiceAccount(making: "other-\($0)", inDataOf: folder)
        }
        guard !accounts.isEmpty else { return }
        others += accounts.count
        let service = try RunningService(in: folder, "--ready-keys", "0")
        let port = service.port
        let threads = 8
        _ = try ThreadTeam.run(threads) { number in
            for index in stride(from: number, to: accounts.count, by: threads) {
                try HTTPConnection(to: port, as: accounts[index]).importKeys(1000)
            }
        }
        try service.stop()
    }

    /// The data as it is now, in a folder on the disk.
    func copy() throws -> TemporaryFolder {
        let copy = try TemporaryFolder()
        try FileManager.default.copyItem(
            atPath: folder.path(RunningService.dataName), toPath: copy.path(RunningService.dataName))
        return copy
    }
}
