import Foundation
import StreamSigningStoreTesting
import Testing

/// A PostgreSQL server that a test may stop and kill without harm to the others. It ends with the test, whose end closes
/// the pipe that the server's script reads from.
final class ServerOfItsOwn: Sendable {
    let url: String
    private let control: String
    private let process: Process
    private let input: Pipe

    init() throws {
        let script = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("../../../../scripts/with-postgresql").standardized
        (process, input) = (Process(), Pipe())
        let output = Pipe()
        process.executableURL = script
        process.arguments = [
            "bash", "-c",
            #"echo "$STREAMSIGN_TEST_DATABASE_URL $STREAMSIGN_TEST_POSTGRESQL"; exec cat >/dev/null"#,
        ]
        process.standardInput = input
        process.standardOutput = output
        try process.run()
        var line: [UInt8] = []
        while line.last != UInt8(ascii: "\n"), let byte = try output.fileHandleForReading.read(upToCount: 1),
            !byte.isEmpty
        {
            line += byte
        }
        let words = String(decoding: line.dropLast(), as: UTF8.self).split(separator: " ").map(String.init)
        try #require(words.count == 2, "scripts/with-postgresql did not start a server")
        (url, control) = (words[0], words[1])
    }

    deinit {
        try? input.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    var port: Int { url.split(separator: ":").last?.split(separator: "/").first.flatMap { Int($0) } ?? 0 }

    func url(through proxy: TestProxy) -> String {
        url.replacing(":\(port)/", with: ":\(proxy.port)/")
    }

    /// Stops, starts, restarts or kills it, and returns when that is done.
    func order(_ command: String) async throws {
        try await TestDatabase.run(control, [command])
    }
}
