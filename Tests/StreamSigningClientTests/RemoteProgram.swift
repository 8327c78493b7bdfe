import Foundation

/// `streamsign remote` in a folder of its own, against the scripted server.
struct RemoteProgram {
    let folder: URL
    var environment: [String: String]

    struct Result: Sendable {
        let status: Int32
        let stdout: String
        let stderr: String
    }

    /// Runs `body` with a fresh folder, which is gone when this returns.
    static func run(
        _ replies: [Reply], body: (_ program: RemoteProgram, _ server: ScriptedServer) async throws -> Void
    ) async throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("streamsign-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        try await ScriptedServer.run(replies) { server, url in
            let environment = [
                "STREAMSIGN_API_URL": url, "STREAMSIGN_ACCOUNT": ClientFixture.account,
                "STREAMSIGN_API_TOKEN": ClientFixture.tokenText,
            ]
            try await body(RemoteProgram(folder: folder, environment: environment), server)
        }
    }

    func callAsFunction(_ arguments: String...) async throws -> Result {
        try await launch(try Self.executable(), arguments)
    }

    /// Runs a shell script, in which `$0` is the program.
    func shell(_ script: String) async throws -> Result {
        try await launch(URL(fileURLWithPath: "/bin/sh"), ["-c", script, try Self.executable().path])
    }

    func contents(_ name: String) -> String? {
        try? String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }

    func write(_ text: String, to name: String, mode: Int = 0o600) throws {
        let path = folder.appendingPathComponent(name).path
        _ = FileManager.default.createFile(
            atPath: path, contents: Data(text.utf8), attributes: [.posixPermissions: mode])
    }

    func mode(_ name: String) throws -> Int? {
        let path = folder.appendingPathComponent(name).path
        return try (FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber)?.intValue
    }

    /// What the commands write goes into files: it may be more than fits into a pipe, and nobody reads before the end.
    private func launch(_ executable: URL, _ arguments: [String]) async throws -> Result {
        let process = Process()
        let (stdout, stderr) = (try Output(in: folder), try Output(in: folder))
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = stdout.handle
        process.standardError = stderr.handle
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                continuation.resume(throwing: error)
            }
        }
        return Result(status: status, stdout: try stdout.take(), stderr: try stderr.take())
    }

    /// A file that a program writes into.
    private struct Output {
        let handle: FileHandle
        private let file: URL

        init(in folder: URL) throws {
            file = folder.appendingPathComponent(".output-\(UUID())")
            try Data().write(to: file)
            handle = try FileHandle(forWritingTo: file)
        }

        /// What was written. The file is gone then.
        func take() throws -> String {
            try handle.close()
            defer { try? FileManager.default.removeItem(at: file) }
            return try String(contentsOf: file, encoding: .utf8)
        }
    }

    /// `STREAMSIGN_BINARY`, or the program that was built together with these tests.
    private static func executable() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["STREAMSIGN_BINARY"] { return URL(fileURLWithPath: path) }
        return Bundle.main.bundleURL.appendingPathComponent("streamsign")
    }
}
