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
        let copy = name ?? program.executable.lastPathComponent
        return try install(program.executable.resolvingSymlinksInPath(), as: copy)
    }

    /// Writes a shell script that can be run.
    func script(_ text: String, as name: String) throws -> String {
        try install(URL(fileURLWithPath: write(text, as: "\(name).text")), as: name).path
    }

    /// In a process of its own: a child that another test starts meanwhile would hold a file open that is written here, and a file
    /// that somebody writes cannot be run.
    private func install(_ file: URL, as name: String) throws -> URL {
        let target = url.appendingPathComponent(name)
        let install = try Process.run(
            URL(fileURLWithPath: "/usr/bin/install"), arguments: ["-m", "755", file.path, target.path])
        install.waitUntilExit()
        guard install.terminationStatus == 0 else { throw CocoaError(.fileWriteUnknown) }
        return target
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
