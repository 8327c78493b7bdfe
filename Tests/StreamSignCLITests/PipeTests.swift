import Foundation
import Testing

@Suite("Pipes")
struct PipeTests {
    /// `{"alg":"none"}.{}.`
    private static let refused = "eyJhbGciOiJub25lIn0.e30."

    @Test(
        "a reader that has gone does not turn a refusal into success", arguments: ["verify", "explain"], [refused, ""])
    func refusalWithoutReader(command: String, token: String) throws {
        let folder = try TemporaryFolder()
        let keys = try folder.write(#"{"keys":[]}"#, as: "jwks.json")
        let output = try Self.outputWithoutReader(in: folder)
        let ended = try Self.run([command, token, "--keys", keys, "--json"], output: output)
        #expect(ended == 1)
    }

    @Test("lines that were not verified because nobody reads are not success", .timeLimit(.minutes(10)))
    func verdictsWithoutReader() throws {
        let input = Pipe()
        let folder = try TemporaryFolder()
        let key = try Self.makeKey(in: folder)
        let signed = folder.path(of: "token")
        try #require(FileManager.default.createFile(atPath: signed, contents: nil))
        let file = try #require(FileHandle(forWritingAtPath: signed))
        try #require(try Self.run(["token", "video", "--key", key], output: file) == 0)
        let token = try Data(contentsOf: URL(filePath: signed))
        let process = try Self.start(
            ["verify", "-", "--keys", key], input: input.fileHandleForReading,
            output: Self.outputWithoutReader(in: folder))
        try input.fileHandleForWriting.write(contentsOf: token)
        process.waitUntilExit()
        #expect(process.terminationStatus == 2)
        try input.fileHandleForWriting.close()
    }

    @Test("pipes that do not wait lose nothing")
    func pipesWithoutWaiting() throws {
        let (input, output) = (Pipe(), Pipe())
        for end in [input.fileHandleForReading, output.fileHandleForWriting] {
            try #require(fcntl(end.fileDescriptor, F_SETFL, O_NONBLOCK) == 0)
        }
        let folder = try TemporaryFolder()
        let key = try Self.makeKey(in: folder)
        let process = try Self.start(
            ["token", "-", "--key", key], input: input.fileHandleForReading, output: output.fileHandleForWriting)
        try input.fileHandleForReading.close()
        try output.fileHandleForWriting.close()
        // More than a pipe holds, to a reader who comes late.
        usleep(200_000)
        try input.fileHandleForWriting.write(contentsOf: Data(String(repeating: "video\n", count: 400).utf8))
        try input.fileHandleForWriting.close()
        usleep(500_000)
        let tokens = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        #expect(tokens.count { $0 == UInt8(ascii: "\n") } == 400)
    }

    @Test("what cannot be written ends it, though its input does not end", .timeLimit(.minutes(10)))
    func failedOutput() throws {
        let input = Pipe()
        let folder = try TemporaryFolder()
        let key = try Self.makeKey(in: folder)
        let process = try Self.start(
            ["token", "-", "--key", key], input: input.fileHandleForReading,
            output: Self.outputWithoutReader(in: folder))
        try input.fileHandleForWriting.write(contentsOf: Data("video\n".utf8))
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        try input.fileHandleForWriting.close()
    }

    /// The end of a pipe whose reader has gone. The pipe has a name: the ends of one without may get into a program that some
    /// other test starts at the moment, and a reader would live on there.
    private static func outputWithoutReader(in folder: TemporaryFolder) throws -> FileHandle {
        let path = folder.path(of: "pipe")
        try #require(mkfifo(path, 0o600) == 0)
        // Without a reader, no writer can open it.
        let reader = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
        defer { close(reader) }
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    /// - Returns: the path of a new key.
    private static func makeKey(in folder: TemporaryFolder) throws -> String {
        let path = folder.path(of: "key.json")
        try #require(try run(["key", "generate", "--out", path], output: .nullDevice) == 0)
        return path
    }

    private static func run(_ arguments: [String], output: FileHandle) throws -> Int32 {
        let process = try start(arguments, input: .nullDevice, output: output)
        process.waitUntilExit()
        return process.terminationStatus
    }

    private static func start(_ arguments: [String], input: FileHandle, output: FileHandle) throws -> Process {
        let process = Process()
        process.executableURL = try Program.streamsign().executable
        process.arguments = arguments
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        try process.run()
        return process
    }
}
