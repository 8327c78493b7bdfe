import Foundation

/// A folder that is gone with its last owner.
final class TemporaryFolder {
    private let url = FileManager.default.temporaryDirectory.appendingPathComponent("streamsign-\(UUID())")
        .resolvingSymlinksInPath()

    init() throws {
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    func path(of name: String) -> String {
        url.appendingPathComponent(name).path
    }

    /// - Returns: the file's path.
    func write(_ text: String, as name: String) throws -> String {
        try Data(text.utf8).write(to: URL(fileURLWithPath: path(of: name)))
        return path(of: name)
    }

    /// Copies a program, without what is beside it.
    func copy(_ program: Program, as name: String? = nil) throws -> URL {
        let copy = url.appendingPathComponent(name ?? program.executable.lastPathComponent)
        try FileManager.default.copyItem(at: program.executable.resolvingSymlinksInPath(), to: copy)
        return copy
    }

    /// Runs a program in this folder, with an environment that holds nothing of the developer's.
    func run(
        _ program: Program, _ arguments: [String], _ environment: [String: String] = [:], stdin: URL? = nil
    ) throws -> ProgramResult {
        let outputs = url.appendingPathComponent("outputs")
        try FileManager.default.createDirectory(at: outputs, withIntermediateDirectories: true)
        let environment = ["PATH": "/usr/bin:/bin", "COLUMNS": "100"].merging(environment) { $1 }
        return try program.run(arguments, in: url, environment: environment, stdin: stdin, outputs: outputs)
    }
}
