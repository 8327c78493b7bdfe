import Foundation

/// The program under test, started as a user would.
struct Program: Sendable {
    let executable: URL
    var timeLimit: Duration = .seconds(30)

    /// `STREAMSIGN_BINARY`, or the program that was built together with these tests.
    static func streamsign() throws -> Program {
        if let path = ProcessInfo.processInfo.environment["STREAMSIGN_BINARY"] {
            return Program(executable: URL(fileURLWithPath: path))
        }
        let executable = Bundle.module.bundleURL.deletingLastPathComponent().appendingPathComponent("streamsign")
        guard FileManager.default.isExecutableFile(atPath: executable.path) else {
            throw CocoaError(.executableNotLoadable, userInfo: [NSFilePathErrorKey: executable.path])
        }
        return Program(executable: executable)
    }

    /// Runs it to its end, or to the time limit.
    ///
    /// The output goes through files: a pipe that fills up, or that a grandchild keeps open, would block.
    func run(
        _ arguments: [String], in folder: URL, environment: [String: String], stdin: URL?, outputs: URL
    ) throws -> ProgramResult {
        let stdoutFile = outputs.appendingPathComponent("stdout")
        let stderrFile = outputs.appendingPathComponent("stderr")
        for file in [stdoutFile, stderrFile] {
            try Data().write(to: file)
        }
        let process = Process()
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment
        let handles = (
            input: try stdin.map { try FileHandle(forReadingFrom: $0) },
            output: try FileHandle(forWritingTo: stdoutFile), errors: try FileHandle(forWritingTo: stderrFile)
        )
        // A process keeps its handles, and a thousand open files are more than Foundation can start another one with.
        defer { for handle in [handles.input, handles.output, handles.errors] { try? handle?.close() } }
        process.standardInput = handles.input ?? FileHandle.nullDevice
        process.standardOutput = handles.output
        process.standardError = handles.errors

        let ended = DispatchSemaphore(value: 0)
        process.terminationHandler = { _ in ended.signal() }
        try process.run()
        let seconds = Double(timeLimit.components.seconds)
        let inTime = ended.wait(timeout: .now() + seconds) == .success
        if !inTime {
            kill(process.processIdentifier, SIGKILL)
            ended.wait()
        }
        return ProgramResult(
            ending: !inTime
                ? .killedAfter(timeLimit)
                : process.terminationReason == .exit
                    ? .status(process.terminationStatus) : .signal(process.terminationStatus),
            stdout: String(decoding: try Data(contentsOf: stdoutFile), as: UTF8.self),
            stderr: String(decoding: try Data(contentsOf: stderrFile), as: UTF8.self)
        )
    }
}

/// What a program left behind.
struct ProgramResult: Sendable {
    enum Ending: Sendable, Equatable, CustomStringConvertible {
        case status(Int32)
        case signal(Int32)
        case killedAfter(Duration)

        var description: String {
            switch self {
            case .status(let status): "exit status \(status)"
            case .signal(let signal): "ended by signal \(signal)"
            case .killedAfter(let limit): "killed: still running after \(limit)"
            }
        }
    }

    let ending: Ending
    let stdout: String
    let stderr: String
}
