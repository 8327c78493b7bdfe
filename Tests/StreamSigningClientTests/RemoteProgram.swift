import Dispatch
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
        try await run(arguments)
    }

    func run(_ arguments: [String]) async throws -> Result {
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

    private func launch(_ executable: URL, _ arguments: [String]) async throws -> Result {
        let process = Process()
        let (stdout, stderr) = (Pipe(), Pipe())
        process.executableURL = executable
        process.arguments = arguments
        process.currentDirectoryURL = folder
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = stdout
        process.standardError = stderr
        // Both are read while it runs: it may write more than a pipe holds.
        async let output = stdout.contents()
        async let errors = stderr.contents()
        let status = try await withCheckedThrowingContinuation {
            (continuation: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { continuation.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                for pipe in [stdout, stderr] { try? pipe.fileHandleForWriting.close() }
                continuation.resume(throwing: error)
            }
        }
        return Result(status: status, stdout: await output, stderr: await errors)
    }

    /// `STREAMSIGN_BINARY`, or the program that was built together with these tests.
    private static func executable() throws -> URL {
        if let path = ProcessInfo.processInfo.environment["STREAMSIGN_BINARY"] { return URL(fileURLWithPath: path) }
        return Bundle.main.bundleURL.appendingPathComponent("streamsign")
    }
}

extension Pipe {
    /// Everything up to the end, read on a thread that may wait.
    fileprivate func contents() async -> String {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                let bytes = (try? self.fileHandleForReading.readToEnd()) ?? Data()
                continuation.resume(returning: String(decoding: bytes, as: UTF8.self))
            }
        }
    }
}
