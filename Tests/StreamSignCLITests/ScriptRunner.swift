import Foundation

/// Runs a script in a folder of its own, with an environment that holds nothing of the developer's.
struct ScriptRunner {
    private let script: ScriptFile
    private let program: Program
    private let folder: URL
    private let outputs: URL
    private var environment: [String: String]
    private var variables: [String: String] = [:]
    private var stdin: URL?
    private var last: ProgramResult?

    /// Returns when every line held.
    static func run(_ script: ScriptFile, with program: Program) throws {
        let place = FileManager.default.temporaryDirectory.appendingPathComponent("streamsign-\(UUID())")
        defer { try? FileManager.default.removeItem(at: place) }
        var runner = try ScriptRunner(script, program, in: place)
        for line in script.lines {
            do {
                try runner.perform(line.command)
            } catch let mismatch as ScriptMismatch {
                throw ScriptFailure(
                    script: script.name, line: line.number, command: line.text, reason: mismatch.reason,
                    last: runner.last)
            }
        }
    }

    private init(_ script: ScriptFile, _ program: Program, in place: URL) throws {
        self.script = script
        self.program = program
        folder = place.appendingPathComponent("work")
        outputs = place.appendingPathComponent("outputs")
        let temporary = place.appendingPathComponent("tmp")
        for folder in [folder, outputs, temporary] {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        }
        let own = ProcessInfo.processInfo.environment
        environment = [
            "HOME": folder.path, "TMPDIR": temporary.path, "PATH": own["PATH"] ?? "/usr/bin:/bin",
            "TZ": "UTC", "LANG": "C.UTF-8",
        ]
        // A program that was built with a sanitizer takes its orders from these.
        for name in ["ASAN_OPTIONS", "LSAN_OPTIONS", "TSAN_OPTIONS"] {
            environment[name] = own[name]
        }
        for (name, text) in script.files {
            let file = folder.appendingPathComponent(name)
            try FileManager.default.createDirectory(
                at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
            try Data(text.utf8).write(to: file)
        }
    }

    private mutating func perform(_ command: ScriptCommand) throws {
        switch command {
        case .run(let arguments, let status): try launch(arguments, status: status)
        case .stdin(let file):
            // A copy, because the next program's output replaces the last one's.
            stdin = outputs.appendingPathComponent("stdin")
            try stdin.map { try contents(of: file).write(to: $0) }
        case .environment(let name, let value): environment[name] = try expand(value)
        case .capture(let name, let stream, let pattern): variables[name] = try capture(stream, pattern)
        case .match(let stream, let pattern, let wanted):
            let found = try match(expand(pattern), in: text(of: stream)) != nil
            try require(found == wanted, "\(stream.rawValue) \(wanted ? "does not match" : "matches")")
        case .exists(let file, let wanted):
            let found = try FileManager.default.fileExists(atPath: url(expand(file)).path)
            try require(found == wanted, wanted ? "there is no such file" : "the file exists")
        case .mode(let mode, let file):
            let attributes = try? FileManager.default.attributesOfItem(atPath: url(expand(file)).path)
            let found = (attributes?[.posixPermissions] as? NSNumber)?.intValue
            try require(found == mode, "its mode is \(found.map { String($0, radix: 8) } ?? "unknown: no such file")")
        case .compare(let one, let other, let wanted):
            let same = try contents(of: one) == contents(of: other)
            try require(same == wanted, wanted ? "they differ" : "they are the same")
        case .copy(let from, let to): try contents(of: from).write(to: url(expand(to)))
        }
    }

    private mutating func launch(_ arguments: [ScriptWord], status: Int32) throws {
        let result = try program.run(
            arguments.map(expand), in: folder, environment: environment, stdin: stdin, outputs: outputs)
        last = result
        stdin = nil
        try require(result.ending == .status(status), "expected exit status \(status)")
    }

    private func capture(_ stream: ScriptCommand.Stream, _ pattern: ScriptWord?) throws -> String {
        let text = try text(of: stream)
        guard let pattern else { return text.trimmingCharacters(in: .whitespacesAndNewlines) }
        guard let found = try match(expand(pattern), in: text) else {
            throw ScriptMismatch(reason: "\(stream.rawValue) does not match")
        }
        return String(found.output.count > 1 ? found.output[1].substring ?? "" : text[found.range])
    }

    private func match(_ pattern: String, in text: String) throws -> Regex<AnyRegexOutput>.Match? {
        guard let regex = try? Regex(pattern) else { throw ScriptMismatch(reason: "not a regular expression") }
        return try regex.anchorsMatchLineEndings().firstMatch(in: text)
    }

    private func text(of stream: ScriptCommand.Stream) throws -> String {
        guard let last else { throw ScriptMismatch(reason: "no program has run yet") }
        return stream == .stdout ? last.stdout : last.stderr
    }

    private func contents(of word: ScriptWord) throws -> Data {
        let name = try expand(word)
        if let stream = ScriptCommand.Stream(rawValue: name) { return Data(try text(of: stream).utf8) }
        guard let data = try? Data(contentsOf: url(name)) else { throw ScriptMismatch(reason: "cannot read \(name)") }
        return data
    }

    private func url(_ name: String) -> URL {
        name.hasPrefix("/") ? URL(fileURLWithPath: name) : folder.appendingPathComponent(name)
    }

    private func expand(_ word: ScriptWord) throws -> String {
        guard let text = word.expanded({ variables[$0] ?? environment[$0] }) else {
            throw ScriptMismatch(reason: "a variable in it is not set")
        }
        return text
    }

    private func require(_ holds: Bool, _ reason: @autoclosure () -> String) throws {
        if !holds { throw ScriptMismatch(reason: reason()) }
    }
}

/// A command that did not hold; the runner adds where.
private struct ScriptMismatch: Error {
    let reason: String
}
