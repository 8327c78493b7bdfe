// It is where the compiler finds `timespec`, once Foundation is imported.
internal import CoreFoundation
internal import Foundation
internal import Glibc

/// A server's process, on two cores, which does not outlive its owner.
final class ServerProcess {
    private let id: pid_t
    private let logPath: String
    private var isRunning = true

    /// - Parameters:
    ///   - program: a path, or a name that is looked for in `PATH`.
    ///   - log: the file its standard error is written to.
    init(_ program: String, _ arguments: [String], log: String) throws {
        logPath = log
        id = try TwoCores.confine { _ in try ChildProcess.spawn(program, arguments, error: log) }
    }

    deinit {
        guard isRunning else { return }
        // Not SIGKILL, which a server's own children would outlive.
        kill(id, SIGTERM)
        waitpid(id, nil, 0)
    }

    var log: String { (try? String(contentsOfFile: logPath, encoding: .utf8)) ?? "" }

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
        throw MeasurementFailure("the server did not start: \(log)")
    }

    /// Waits until it says where on this machine it listens.
    func port(after words: String) throws -> UInt16 {
        try wait { log in
            let address = log.firstRange(of: "streamsign: \(words) http://127.0.0.1:")
            return address.flatMap { UInt16(log[$0.upperBound...].prefix(while: \.isNumber)) }
        }
    }

    /// Waits until it accepts connections.
    func wait(forPort port: UInt16) throws {
        _ = try wait { _ in try? HTTPConnection(to: port, as: nil) }
    }

    /// Ends it as an operator does.
    func stop() throws {
        kill(id, SIGTERM)
        isRunning = false
        var status: Int32 = 0
        guard waitpid(id, &status, 0) == id, status == 0 else {
            throw MeasurementFailure("the server ended with status \(status): \(log)")
        }
    }

    func residentMebibytes() throws -> Double {
        try mebibytes("VmRSS:")
    }

    /// The most that was resident since the start, or since ``resetPeak()``.
    func peakMebibytes() throws -> Double {
        try mebibytes("VmHWM:")
    }

    func resetPeak() throws {
        // See proc(5), /proc/PID/clear_refs.
        let file = open("/proc/\(id)/clear_refs", O_WRONLY)
        defer { close(file) }
        guard file >= 0, write(file, "5", 1) == 1 else {
            throw MeasurementFailure("the kernel does not forget the peak of the server's memory")
        }
    }

    /// Of all its threads, since the start.
    func processorSeconds() throws -> Double {
        var clock = clockid_t()
        var time = timespec()
        guard clock_getcpuclockid(id, &clock) == 0, clock_gettime(clock, &time) == 0 else {
            throw MeasurementFailure("the kernel does not tell the processor time of the server")
        }
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    private func mebibytes(_ name: String) throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(id)/status", encoding: .utf8)
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        guard let kibibytes = line?.split(separator: " ").dropLast().last.flatMap({ Double($0) }) else {
            throw MeasurementFailure("the kernel does not tell what the server has in memory")
        }
        return kibibytes / 1024
    }
}
