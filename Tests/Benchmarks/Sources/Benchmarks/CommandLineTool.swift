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
