import Foundation

/// Another program, given bytes and asked for bytes.
enum Subprocess {
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    /// - Throws: ``Failed`` if the program is not there or does not end with status 0, unless that is `allowed`.
    @discardableResult
    static func run(
        _ program: String, _ arguments: [String], input: Data = Data(), allowing allowed: Set<Int32> = [0]
    ) throws -> (output: Data, status: Int32) {
        let folder = URL(filePath: NSTemporaryDirectory()).appending(path: "stream-signing-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        // Files rather than pipes: neither side can wait for the other.
        let (inputFile, outputFile) = (folder.appending(path: "in"), folder.appending(path: "out"))
        let errorFile = folder.appending(path: "err")
        try input.write(to: inputFile)
        try Data().write(to: outputFile)
        try Data().write(to: errorFile)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [program] + arguments
        process.standardInput = try FileHandle(forReadingFrom: inputFile)
        process.standardOutput = try FileHandle(forWritingTo: outputFile)
        process.standardError = try FileHandle(forWritingTo: errorFile)
        try process.run()
        process.waitUntilExit()
        guard allowed.contains(process.terminationStatus) else {
            let complaint = String(decoding: try Data(contentsOf: errorFile), as: UTF8.self)
            throw Failed(description: "\(program) ended with \(process.terminationStatus): \(complaint.suffix(400))")
        }
        return (try Data(contentsOf: outputFile), process.terminationStatus)
    }

    /// A file for as long as `body` runs.
    static func withFile<Value>(_ content: Data, _ body: (String) throws -> Value) throws -> Value {
        let file = URL(filePath: NSTemporaryDirectory()).appending(path: "stream-signing-\(UUID().uuidString)")
        try content.write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        return try body(file.path)
    }
}
