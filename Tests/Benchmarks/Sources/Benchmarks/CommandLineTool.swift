internal import Foundation
internal import StreamSigning

/// `streamsign` as it ships, and a key file for it.
struct CommandLineTool {
    private let program: String
    private let keyPath: String
    let folder: TemporaryFolder

    init(_ subject: Subject) throws {
        program = try ChildProcess.streamsign()
        folder = try TemporaryFolder()
        keyPath = try folder.write(subject.key.streamJSON(created: Subject.now).reveal(), to: "key.json")
    }

    /// `streamsign token VIDEO --key FILE --expires-in 1h`; VIDEO `-` takes one video per line of `input`.
    func token(_ video: String, input: String = "/dev/null", output: String = "/dev/null") throws -> ChildProcess {
        try ChildProcess(
            running: program, ["token", video, "--key", keyPath, "--expires-in", "1h"], input: input, output: output)
    }

    /// `streamsign token -` for all videos of `input`, a line each.
    /// - Throws: ``MeasurementFailure`` unless it wrote as many tokens.
    func bulkTokens(_ count: Int, input: String) throws -> ChildProcess {
        let process = try token("-", input: input, output: folder.path("bulk.tokens"))
        let (lines, dots) = try (self.count(of: "\n", in: "bulk.tokens"), self.count(of: ".", in: "bulk.tokens"))
        guard lines == count, dots == 2 * count else {
            throw MeasurementFailure("streamsign token wrote \(lines) lines for \(count) videos")
        }
        return process
    }

    /// `streamsign verify -` for all tokens of `input`, a line each.
    /// - Throws: ``MeasurementFailure`` unless it accepted as many.
    func bulkVerification(_ count: Int, input: String) throws -> ChildProcess {
        let process = try ChildProcess(
            running: program, ["verify", "-", "--keys", keyPath], input: input, output: folder.path("verdicts"),
            error: folder.path("notes"))
        let lines = try self.count(of: "\n", in: "verdicts")
        guard lines == count else {
            throw MeasurementFailure("streamsign verify wrote \(lines) verdicts on \(count) tokens")
        }
        return process
    }

    /// In pieces: the peak of this process counts as that of the next one it starts.
    private func count(of character: Unicode.Scalar, in name: String) throws -> Int {
        let file = try FileHandle(forReadingFrom: URL(filePath: folder.path(name)))
        var count = 0
        while let piece = try file.read(upToCount: 1 << 16), !piece.isEmpty {
            count += piece.count { $0 == UInt8(ascii: character) }
        }
        return count
    }

    /// The tokens of so many videos, written to `name` in the folder and read again.
    func tokens(_ videos: [String]) throws -> [Substring] {
        let input = try folder.write(videos.map { $0 + "\n" }.joined(), to: "sample.txt")
        _ = try token("-", input: input, output: folder.path("sample.tokens"))
        let tokens = try folder.read("sample.tokens").split(separator: "\n")
        guard tokens.count == videos.count, tokens.allSatisfy({ $0.split(separator: ".").count == 3 }) else {
            throw MeasurementFailure("streamsign token wrote no token for each line")
        }
        return tokens
    }
}
