internal import Foundation

/// `wrk`: one thread that keeps many connections busy with one request, or with many in turn.
struct LoadGenerator {
    static let connections = 32

    struct Run {
        let count: Int
        let rate: Double
        let p50Milliseconds: Double
        let p99Milliseconds: Double
        /// How many answers were refusals, or did not come.
        let failures: Int
    }

    private let folder: TemporaryFolder
    private let script: String
    private let url: String

    /// - Parameters:
    ///   - account: whose credential goes along; it stands in a file, where a list of processes does not show it.
    ///   - body: JSON; empty for the body of an SDK that was told nothing but the video.
    init(posting path: String, body: String, to port: UInt16, as account: ServiceAccount) throws {
        try self.init(
            """
            wrk.method = "POST"
            wrk.path = "\(account.path(path))"
            wrk.body = [[\(body)]]
            wrk.headers["Authorization"] = "Bearer \(account.secret)"
            wrk.headers["Content-Type"] = "application/json"
            """, to: port)
    }

    /// - Parameter header: a field of the request.
    init(getting path: String, header: (name: String, value: String)? = nil, from port: UInt16) throws {
        let field = header.map { #"wrk.headers["\#($0.name)"] = "\#($0.value)""# } ?? ""
        try self.init(
            """
            wrk.path = "\(path)"
            \(field)
            """, to: port)
    }

    /// One path after the other, and from the first again behind the last.
    /// - Parameter header: the field that the paths go into, all of them asking for `/authorize`; nil for requests of the paths
    ///   themselves.
    init(gettingEachOf paths: [String], header: String? = nil, from port: UInt16) throws {
        let make =
            header.map { #"wrk.format("GET", "/authorize", { ["Host"] = "gate", ["\#($0)"] = path })"# }
            ?? #"wrk.format("GET", path)"#
        try self.init(
            """
            local requests, position = {}, 0

            function init(arguments)
                local folder = debug.getinfo(1, "S").source:match("^@?(.*)/")
                for path in io.lines(folder .. "/paths.txt") do requests[#requests + 1] = \(make) end
                position = tonumber(arguments[1])
            end

            function request()
                position = position % #requests + 1
                return requests[position]
            end
            """, to: port)
        _ = try folder.write(paths.map { $0 + "\n" }.joined(), to: "paths.txt")
    }

    private init(_ requests: String, to port: UInt16) throws {
        folder = try TemporaryFolder()
        url = "http://127.0.0.1:\(port)/"
        script = try folder.write(
            """
            \(requests)

            function done(summary, latency, requests)
                local failures = summary.errors.connect + summary.errors.read + summary.errors.write
                    + summary.errors.status + summary.errors.timeout
                io.write(string.format("figures %d %d %d %d %d\\n", summary.requests, summary.duration, failures,
                    latency:percentile(50), latency:percentile(99)))
            end

            """, to: "load.lua")
    }

    /// - Parameters:
    ///   - start: which of many requests comes first, from 0.
    ///   - countsFailures: whether answers that are not successes are counted and do not end the measurement.
    /// - Throws: ``MeasurementFailure`` if one answer of the run was not a success.
    func run(
        seconds: Int, connections: Int = connections, from start: Int = 0, countsFailures: Bool = false
    ) throws -> Run {
        do {
            _ = try ChildProcess(
                running: "wrk", ["-t1", "-c\(connections)", "-d\(seconds)s", "-s", script, url, "--", "\(start)"],
                output: folder.path("output"))
        } catch let failure as MeasurementFailure {
            throw MeasurementFailure("\(failure): `scripts/setup --for-bench` installs wrk")
        }
        let line = try folder.read("output").split(separator: "\n").first { $0.hasPrefix("figures ") }
        let numbers = line?.split(separator: " ").compactMap { Double($0) } ?? []
        guard numbers.count == 5, numbers[0] > 0, countsFailures || numbers[2] == 0 else {
            throw MeasurementFailure("wrk met failures: \(try folder.read("output"))")
        }
        return Run(
            count: Int(numbers[0]), rate: numbers[0] / (numbers[1] / 1e6), p50Milliseconds: numbers[3] / 1000,
            p99Milliseconds: numbers[4] / 1000, failures: Int(numbers[2]))
    }
}
