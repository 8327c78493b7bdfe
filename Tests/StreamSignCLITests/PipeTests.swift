import Foundation
import Testing

@Suite("Pipes")
struct PipeTests {
    /// `{"alg":"none"}.{}.`
    private static let refused = "eyJhbGciOiJub25lIn0.e30."

    @Test("a reader that has gone does not turn a refusal into success", arguments: ["verify", "explain"], [refused, ""])
    func refusalWithoutReader(command: String, token: String) throws {
        let folder = try TemporaryFolder()
        let keys = try folder.write(#"{"keys":[]}"#, as: "jwks.json")
        let output = Pipe()
        try output.fileHandleForReading.close()
        let ended = try Self.run([command, token, "--keys", keys, "--json"], output: output.fileHandleForWriting)
        #expect(ended == 1)
    }

    private static func run(_ arguments: [String], output: FileHandle) throws -> Int32 {
        let process = Process()
        process.executableURL = try Program.streamsign().executable
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        return process.terminationStatus
    }
}

/// A folder that is gone with its last owner.
private final class TemporaryFolder {
    private let url = FileManager.default.temporaryDirectory.appendingPathComponent("streamsign-\(UUID())")

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// - Returns: the file's path.
    func write(_ text: String, as name: String) throws -> String {
        let file = url.appendingPathComponent(name)
        try Data(text.utf8).write(to: file)
        return file.path
    }
}
