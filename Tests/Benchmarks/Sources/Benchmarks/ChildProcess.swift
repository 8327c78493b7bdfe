internal import Foundation
internal import Glibc

/// A run of another program, from before it is started until it has ended.
struct ChildProcess {
    /// The wall time of starting it and waiting for it.
    let duration: Duration
    /// The most memory it had resident at a time. The kernel counts what the process that starts it had resident too,
    /// so this is never below the benchmark's own peak.
    let peakMebibytes: Double

    private static let environment = ProcessInfo.processInfo.environment.map { "\($0)=\($1)" }

    /// - Parameters:
    ///   - program: a path, or a name that is looked for in `PATH`.
    ///   - input: the file it reads on its standard input.
    ///   - output: the file its standard output is written to.
    ///   - error: the file its standard error is written to; nil for ours.
    /// - Throws: ``MeasurementFailure`` unless it exits with 0.
    init(
        running program: String, _ arguments: [String], input: String = "/dev/null", output: String = "/dev/null",
        error: String? = nil
    ) throws {
        let clock = ContinuousClock()
        let start = clock.now
        let child = try Self.spawn(program, arguments, input: input, output: output, error: error)
        var status: Int32 = 0
        var usage = rusage()
        while wait4(child, &status, 0, &usage) < 0 {
            guard errno == EINTR else { throw MeasurementFailure("\(program) could not be waited for") }
        }
        duration = clock.now - start
        peakMebibytes = Double(usage.ru_maxrss) / 1024
        guard status == 0 else {
            throw MeasurementFailure("\(program) \(arguments.joined(separator: " ")) ended with status \(status)")
        }
    }

    /// Starts a program, which the caller has to wait for.
    static func spawn(
        _ program: String, _ arguments: [String], input: String = "/dev/null", output: String = "/dev/null",
        error: String? = nil
    ) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, input, O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        if let error {
            posix_spawn_file_actions_addopen(&actions, 2, error, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
        }
        var child = pid_t()
        let failure = withStrings([program] + arguments) { arguments in
            withStrings(environment) { posix_spawnp(&child, program, &actions, nil, arguments, $0) }
        }
        guard failure == 0 else {
            throw MeasurementFailure("\(program) could not be started: \(String(cString: strerror(failure)))")
        }
        return child
    }

    /// The program under test.
    static func streamsign() throws -> String {
        guard let path = ProcessInfo.processInfo.environment["STREAMSIGN_BINARY"], !path.isEmpty else {
            throw MeasurementFailure("STREAMSIGN_BINARY does not name the streamsign program")
        }
        return path
    }

    private static func withStrings<Value>(
        _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Value
    ) -> Value {
        let copies = strings.map { strdup($0) }
        defer {
            for copy in copies {
                free(copy)
            }
        }
        return body(copies + [nil])
    }
}
