import Foundation

/// A test script: commands, one per line, and at its end the files that they begin with.
///
/// The end is in the txtar format: `-- NAME --` on a line of its own, and the file's text below it.
struct ScriptFile: Sendable {
    let name: String
    let lines: [ScriptLine]
    let files: [String: String]

    init(name: String, text: String) throws {
        self.name = name
        var lines: [ScriptLine] = []
        var files: [String: String] = [:]
        var fileName: String?
        var body = text.split(separator: "\n", omittingEmptySubsequences: false)
        if body.last?.isEmpty == true {
            body.removeLast()
        }
        for (index, line) in body.enumerated() {
            if let marked = line.wholeMatch(of: /-- (\S.*?) --/) {
                fileName = String(marked.1)
                files[String(marked.1)] = ""
            } else if let fileName {
                files[fileName, default: ""] += line + "\n"
            } else if let parsed = try ScriptLine(line, number: index + 1, of: name) {
                lines.append(parsed)
            }
        }
        self.lines = lines
        self.files = files
    }
}

extension ScriptFile {
    /// The names of the scripts in the folder `Scripts`.
    static var allNames: [String] {
        let names = try? FileManager.default.contentsOfDirectory(atPath: folder.path)
        return (names ?? []).filter { $0.hasSuffix(".txt") }.sorted()
    }

    /// The script of that name in the folder `Scripts`.
    static func named(_ name: String) throws -> ScriptFile {
        let text = try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        return try ScriptFile(name: name, text: text)
    }

    private static var folder: URL {
        Bundle.module.bundleURL.appendingPathComponent("Scripts")
    }
}
