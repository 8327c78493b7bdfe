internal import Foundation

/// `streamsign serve` over a folder of data, from its start until it is stopped.
final class RunningService {
    /// The folder of its data, within the folder it is started in.
    static let dataName = "data"

    let port: UInt16
    /// From before it was started until `/readyz` said so.
    let timeToReady: Duration
    private let process: ServerProcess
    /// Kept, because it goes away with its last owner.
    private let folder: TemporaryFolder

    /// - Parameter options: settings other than the usual ones.
    convenience init(in folder: TemporaryFolder, _ options: String...) throws {
        try self.init(in: folder, options: options)
    }

    /// - Parameters:
    ///   - options: settings other than the usual ones.
    ///   - limitsRequests: whether a credential may send no more requests a second than by default. Most measurements send as
    ///     many as the service can answer.
    init(in folder: TemporaryFolder, options: [String], limitsRequests: Bool = false) throws {
        self.folder = folder
        let clock = ContinuousClock()
        let start = clock.now
        process = try ServerProcess(
            try ChildProcess.streamsign(),
            ["serve", "--data", folder.path(Self.dataName), "--api", "127.0.0.1:0", "--log-level", "warning"]
                + (limitsRequests ? [] : ["--rate-limit", "0"]) + options,
            // A file of its own: nodes share a folder, and each would cut off what the others have said.
            log: folder.path("serve-\(UUID().uuidString).log"))
        port = try process.port(after: "listening on")
        try HTTPConnection(to: port, as: nil).send("GET", "/readyz")
        timeToReady = clock.now - start
    }

    /// The account that the first start made.
    func firstAccount() throws -> ServiceAccount {
        try process.wait(for: ServiceAccount.init(welcome:))
    }

    /// The port of its gate, if it was started with one.
    func gatePort() throws -> UInt16 {
        try process.port(after: "gate listening on")
    }

    func connect(as account: ServiceAccount) throws -> HTTPConnection {
        try HTTPConnection(to: port, as: account)
    }

    /// How many keys it has in stock.
    func readyKeys() throws -> Int {
        try metric("streamsign_ready_keys")
    }

    /// What it counts under that name.
    func metric(_ name: String) throws -> Int {
        let metrics = try HTTPConnection(to: port, as: nil).send("GET", "/metrics").text
        guard let line = metrics.split(separator: "\n").first(where: { $0.hasPrefix(name + " ") }),
            let count = Int(line.dropFirst(name.utf8.count + 1))
        else { throw MeasurementFailure("the service does not tell \(name)") }
        return count
    }

    /// Waits until it has so many keys in stock, and so nothing more to do.
    func waitForReadyKeys(_ count: Int) throws {
        try Deadline("the service has \(count) keys in stock", within: .seconds(120))
            .wait(askingEvery: 0.05) { try readyKeys() >= count }
    }

    /// What it has in memory at the moment.
    func residentMebibytes() throws -> Double {
        try process.residentMebibytes()
    }

    /// The most that it had in memory since ``resetPeak()``.
    func peakMebibytes() throws -> Double {
        try process.peakMebibytes()
    }

    func resetPeak() throws {
        try process.resetPeak()
    }

    /// Processor time that it has taken since its start.
    func processorSeconds() throws -> Double {
        try process.processorSeconds()
    }

    /// Waits until it does nothing but what it always does.
    func waitUntilIdle() throws {
        let deadline = Deadline("the service has nothing to do", within: .seconds(60))
        var last = try processorSeconds()
        while true {
            Thread.sleep(forTimeInterval: 0.05)
            let now = try processorSeconds()
            if now - last < 0.003 { return }
            last = now
            try deadline.check()
        }
    }

    /// What it has said.
    var log: String { process.log }

    /// Ends it as an operator does.
    func stop() throws {
        try process.stop()
    }
}
