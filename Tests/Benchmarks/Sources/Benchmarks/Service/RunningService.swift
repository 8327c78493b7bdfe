internal import Foundation
internal import Glibc

/// `streamsign serve` over a folder of data, from its start until it is stopped.
final class RunningService {
    /// The folder of its data, within the folder it is started in.
    static let dataName = "data"

    let port: UInt16
    /// From before it was started until `/readyz` said so.
    let timeToReady: Duration
    private let process: ServiceProcess

    /// - Parameter options: settings other than the usual ones.
    init(in folder: TemporaryFolder, _ options: String...) throws {
        let clock = ContinuousClock()
        let start = clock.now
        process = try ServiceProcess(
            ["--data", folder.path(Self.dataName), "--api", "127.0.0.1:0", "--log-level", "warning"] + options,
            log: folder.path("serve.log"))
        port = try process.wait { log in
            let address = log.firstRange(of: "streamsign: listening on http://127.0.0.1:")
            return address.flatMap { UInt16(log[$0.upperBound...].prefix(while: \.isNumber)) }
        }
        try HTTPConnection(to: port, as: nil).send("GET", "/readyz")
        timeToReady = clock.now - start
    }

    /// The account that the first start made.
    func firstAccount() throws -> ServiceAccount {
        try process.wait(for: ServiceAccount.init(welcome:))
    }

    /// The port of its gate, if it was started with one.
    func gatePort() throws -> UInt16 {
        try process.wait { log in
            let address = log.firstRange(of: "gate listening on http://127.0.0.1:")
            return address.flatMap { UInt16(log[$0.upperBound...].prefix(while: \.isNumber)) }
        }
    }

    func connect(as account: ServiceAccount) throws -> HTTPConnection {
        try HTTPConnection(to: port, as: account)
    }

    /// How many keys it has in stock.
    func readyKeys() throws -> Int {
        let metrics = try HTTPConnection(to: port, as: nil).send("GET", "/metrics").text
        let name = "streamsign_ready_keys "
        guard let line = metrics.split(separator: "\n").first(where: { $0.hasPrefix(name) }),
            let count = Int(line.dropFirst(name.count))
        else { throw MeasurementFailure("the service does not tell how many keys it has in stock") }
        return count
    }

    /// Waits until it has so many keys in stock, and so nothing more to do.
    func waitForReadyKeys(_ count: Int) throws {
        while try readyKeys() < count {
            Thread.sleep(forTimeInterval: 0.05)
        }
    }

    /// What it has in memory at the moment.
    func residentMebibytes() throws -> Double {
        try process.residentMebibytes()
    }

    /// Ends it as an operator does.
    func stop() throws {
        try process.stop()
    }
}

/// The process, which does not outlive its owner.
private final class ServiceProcess {
    private let id: pid_t
    private let logPath: String
    private var isRunning = true

    init(_ options: [String], log: String) throws {
        logPath = log
        id = try TwoCores.confine { _ in
            try ChildProcess.spawn(try ChildProcess.streamsign(), ["serve"] + options, error: log)
        }
    }

    deinit {
        guard isRunning else { return }
        kill(id, SIGKILL)
        waitpid(id, nil, 0)
    }

    private var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

    /// Waits until what it has said, in whole lines, holds what `find` looks for.
    func wait<Value>(for find: (String) -> Value?) throws -> Value {
        let deadline = ContinuousClock.now + .seconds(60)
        while ContinuousClock.now < deadline {
            let text = log
            let end = text.lastIndex(where: \.isNewline).map(text.index(after:)) ?? text.startIndex
            if let value = find(String(text[..<end])) { return value }
            guard waitpid(id, nil, WNOHANG) == 0 else {
                isRunning = false
                break
            }
            Thread.sleep(forTimeInterval: 0.0005)
        }
        throw MeasurementFailure("the service did not start: \(log)")
    }

    func stop() throws {
        kill(id, SIGTERM)
        isRunning = false
        var status: Int32 = 0
        guard waitpid(id, &status, 0) == id, status == 0 else {
            throw MeasurementFailure("the service ended with status \(status): \(log)")
        }
    }

    func residentMebibytes() throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        guard let kibibytes = line?.split(separator: " ").dropLast().last.flatMap({ Double($0) }) else {
            throw MeasurementFailure("the kernel does not tell what the service has in memory")
        }
        return kibibytes / 1024
    }
}
