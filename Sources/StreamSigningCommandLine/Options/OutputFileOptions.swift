internal import ArgumentParser
package import StreamSigning
package import StreamSigningFiles

/// Where to write key material: to stdout, or to a file that only its owner may read.
package struct OutputFileOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The file to write, with mode 0600; by default, and for '-', stdout.", valueName: "file"),
        completion: .file())
    var out: String?

    @Flag(help: "Replace the file if it exists.")
    var force = false

    package init() {}

    /// Whether the file could be written, as far as that can be known in advance.
    func check() throws(CommandFailure) {
        guard let path else { return }
        do throws(FileProblem) {
            guard try ReservedFile.isFree(path, mayReplace: force) else { throw Self.exists(path) }
        } catch {
            throw CommandFailure(error)
        }
    }

    /// Opens the file before there is anything to write.
    /// - Returns: nil for stdout.
    package func reserve() throws(CommandFailure) -> ReservedFile? {
        guard let path else { return nil }
        do throws(FileProblem) {
            guard let file = try ReservedFile(path, mayReplace: force) else { throw Self.exists(path) }
            return file
        } catch {
            throw CommandFailure(error)
        }
    }

    /// - Returns: the file's path; nil for stdout.
    func write(_ text: SecretBytes) throws -> String? {
        guard let file = try reserve() else {
            try StandardOutput.print(text)
            return nil
        }
        try Self.commit(text, to: file)
        return file.path
    }

    func write(_ text: String) throws {
        guard let file = try reserve() else { return try StandardOutput.print(text) }
        try Self.commit(SecretBytes(copying: Array((text.hasSuffix("\n") ? text : text + "\n").utf8)), to: file)
    }

    package static func commit(_ text: SecretBytes, to file: ReservedFile) throws(CommandFailure) {
        do throws(FileProblem) {
            try file.commit(text)
        } catch {
            throw CommandFailure(error)
        }
        // Where the folder cannot be opened, the file is written all the same.
        try? PrivateFile.synchronize(folderOf: file.path)
    }

    private static func exists(_ path: String) -> FileProblem {
        FileProblem(path, "already exists: name another file, or replace it with --force")
    }

    /// Nil for stdout.
    private var path: String? {
        out == "-" ? nil : out
    }
}
