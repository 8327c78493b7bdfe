internal import Foundation

/// `wrk`: one thread that keeps many connections busy with one request.
struct LoadGenerator {
    static let connections = 32

    struct Run {
        let rate: Double
        let p50Milliseconds: Double
        let p99Milliseconds: Double
    }

    private let folder: TemporaryFolder
    private let script: String
    private let url: String

    /// - Parameters:
    ///   - account: whose credential goes along; it stands in a file, where a list of processes does not show it.
    ///   - body: JSON; empty for the body of an SDK that was told nothing but the video.
    init(posting path: String, body: String, to port: UInt16, as account: ServiceAccount) throws {
        folder = try TemporaryFolder()
        url = "http://127.0.0.1:\(port)\(account.path(path))"
        script = try folder.write(
            """
            wrk.method = "POST"
            wrk.body = [[\(body)]]
            wrk.headers["Authorization"] = "Bearer \(account.secret)"
            wrk.headers["Content-Type"] = "application/json"

            function done(summary, latency, requests)
                local failures = summary.errors.connect + summary.errors.read + summary.errors.write
                    + summary.errors.status + summary.errors.timeout
                io.write(string.format("figures %d %d %d %d %d\\n", summary.requests, summary.duration, failures,
                    latency:percentile(50), latency:percentile(99)))
            end

            """, to: "load.lua")
    }

    /// - Throws: ``MeasurementFailure`` if one answer of the run was not a success.
    func run(seconds: Int) throws -> Run {
        do {
            _ = try ChildProcess(
                running: "wrk", ["-t1", "-c\(Self.connections)", "-d\(seconds)s", "-s", script, url],
                output: folder.path("output"))
        } catch let failure as MeasurementFailure {
            throw MeasurementFailure("\(failure): `scripts/setup --for-bench` installs wrk")
        }
        let line = try folder.read("output").split(separator: "\n").first { $0.hasPrefix("figures ") }
        let numbers = line?.split(separator: " ").compactMap { Double($0) } ?? []
        guard numbers.count == 5, numbers[0] > 0, numbers[2] == 0 else {
            throw MeasurementFailure("wrk met failures: \(try folder.read("output"))")
        }
        return Run(
            rate: numbers[0] / (numbers[1] / 1e6), p50Milliseconds: numbers[3] / 1000,
            p99Milliseconds: numbers[4] / 1000)
    }
}
