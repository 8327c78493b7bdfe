internal import Foundation
internal import Glibc

extension Measurement {
    /// `POST keys` while there are keys in stock. The service answers once the key is on the disk, so what the disk takes
    /// for that is measured along.
    static let serviceCreate = Measurement("service.create.p50_ms", "service.create.fsync_p50_ms") {
        let folder = try TemporaryFolder()
        let service = try RunningService(in: folder)
        let stock = 16
        let connection = try service.connect(as: service.firstAccount())
        var rounds: [Double] = []
        var syncs: [Double] = []
        for round in 0...8 {
            try service.waitForReadyKeys(stock)
            let times = try (0..<12).map { _ in try connection.time("POST", "keys") }
            guard try service.readyKeys() > 0 else { throw MeasurementFailure("the stock of keys did not last") }
            let disk = try syncTimes(in: folder, count: 12)
            // In the first round caches fill.
            guard round > 0 else { continue }
            rounds.append(times.median)
            syncs.append(disk.median)
        }
        try service.stop()
        return [
            Figure("service.create.p50_ms", rounds: rounds, unit: "ms", bound: .below(5)),
            Figure("service.create.fsync_p50_ms", rounds: syncs, unit: "ms"),
        ]
    }

    /// What other requests take while keys are made as fast as one can be made after another.
    static let serviceWhileCreating = Measurement(
        "service.create.other_p50_ms", "service.create.other_p99_ms", "service.create.flat_out_rate"
    ) {
        let folder = try TemporaryFolder()
        let service = try RunningService(in: folder, "--ready-keys", "2")
        let account = try service.firstAccount()
        let port = service.port
        try service.connect(as: account).send("POST", ServiceAccount.tokenPath)
        let duration = Duration.seconds(8)
        let deadline = ContinuousClock.now + duration
        let creators = 2
        let times = try ThreadTeam.run(creators + 4) { number in
            let connection = try HTTPConnection(to: port, as: account)
            let requests =
                number < creators
                ? [("POST", "keys")] : [("POST", ServiceAccount.tokenPath), ("GET", "keys"), ("GET", "/readyz")]
            var times: [Double] = []
            while ContinuousClock.now < deadline {
                let (method, path) = requests[times.count % requests.count]
                times.append(try connection.time(method, path))
            }
            return number < creators ? (creates: times.count, others: []) : (creates: 0, others: times)
        }
        guard try service.readyKeys() <= 1 else { throw MeasurementFailure("keys were not made all the time") }
        try service.stop()
        let others = times.flatMap(\.others)
        return [
            Figure("service.create.other_p50_ms", others.percentile(50), unit: "ms"),
            Figure("service.create.other_p99_ms", others.percentile(99), unit: "ms", bound: .below(20)),
            Figure(
                "service.create.flat_out_rate",
                Double(times.map(\.creates).reduce(0, +)) / duration.inSeconds, unit: "/s"),
        ]
    }

    /// Milliseconds that it takes to have a page more in a file on the disk.
    private static func syncTimes(in folder: TemporaryFolder, count: Int) throws -> [Double] {
        let file = open(folder.path("sync"), O_WRONLY | O_CREAT | O_APPEND, 0o600)
        guard file >= 0 else { throw MeasurementFailure("the file for fsync could not be made") }
        defer { close(file) }
        let page = [UInt8](repeating: 1, count: 4096)
        let clock = ContinuousClock()
        return try (0..<count).map { _ in
            let start = clock.now
            guard write(file, page, page.count) == page.count, fsync(file) == 0 else {
                throw MeasurementFailure("the file for fsync could not be written")
            }
            return (clock.now - start).inSeconds * 1000
        }
    }
}
