internal import ArgumentParser
internal import StreamSigning

/// Where key material goes: to stdout, or into a file that only its owner may read.
struct OutputFileOptions: ParsableArguments {
    @Option(
        name: .long,
        help: ArgumentHelp("The file to write, with mode 0600; stdout if not given or '-'.", valueName: "file"),
        completion: .file())
    var out: String?

    @Flag(help: "Replace the file if it is there.")
    var force = false

    /// Whether the file could be written, as far as that can be known beforehand.
    func check() throws(CommandFailure) {
        if let path { try ReservedFile.check(path, mayReplace: force) }
    }

    /// Opens the file before there is anything to write.
    /// - Returns: nil for stdout.
    func reserve() throws(CommandFailure) -> ReservedFile? {
        guard let path else { return nil }
        return try ReservedFile(path: path, mayReplace: force)
    }

    /// - Returns: the file's path; nil for stdout.
    func write(_ text: SecretBytes) throws -> String? {
        guard let file = try reserve() else {
            try text.withUnsafeBytes { bytes in
                try StandardOutput.write(bytes)
                if bytes.last != UInt8(ascii: "\n") { try StandardOutput.write([UInt8(ascii: "\n")]) }
            }
            return nil
        }
        try file.commit(text)
        return file.path
    }

    func write(_ text: String) throws {
        guard let file = try reserve() else { return try StandardOutput.print(text) }
        try Array((text.hasSuffix("\n") ? text : text + "\n").utf8).withUnsafeBytes { try file.commit($0) }
    }

    /// Nil for stdout.
    private var path: String? {
        out == "-" ? nil : out
    }
}
