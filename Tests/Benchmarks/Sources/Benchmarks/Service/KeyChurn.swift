internal import Foundation

extension Measurement {
    /// What the database grows by when keys are imported and deleted in turn, 100,000 times in one account.
    static let keyChurn = Measurement(
        "service.churn.bytes_per_pair", "service.churn.memory_bytes_per_pair", "service.churn.rate"
    ) {
        let folder = try TemporaryFolder.inMemory(ofBytes: 1 << 30)
        let service = try RunningService(in: folder, "--ready-keys", "0")
        let account = try service.firstAccount()
        let pairs = 100_000
        // So that nothing is counted that is there from the beginning.
        try churn(1000, in: account, of: service)
        try service.waitUntilIdle()
        let disk = try folder.bytes(in: RunningService.dataName)
        let memory = try service.residentMebibytes()
        let clock = ContinuousClock()
        let start = clock.now
        try churn(pairs, in: account, of: service)
        let seconds = (clock.now - start).inSeconds
        try service.waitUntilIdle()
        let memoryGrowth = try service.residentMebibytes() - memory
        try service.stop()
        let diskGrowth = try folder.bytes(in: RunningService.dataName) - disk
        return [
            Figure(
                "service.churn.bytes_per_pair", Double(diskGrowth) / Double(pairs), unit: "bytes", bound: .atMost(100)),
            Figure("service.churn.memory_bytes_per_pair", memoryGrowth * 1_048_576 / Double(pairs), unit: "bytes"),
            Figure("service.churn.rate", Double(pairs) / seconds, unit: "pairs/s"),
        ]
    }

    private static func churn(_ pairs: Int, in account: ServiceAccount, of service: RunningService) throws {
        let port = service.port
        let threads = 8
        _ = try ThreadTeam.run(threads) { _ in
            let connection = try HTTPConnection(to: port, as: account)
            for _ in 0..<pairs / threads {
                let key = try connection.importKeys(1)
                try connection.send("DELETE", "keys/\(key.id)")
            }
        }
    }
}
