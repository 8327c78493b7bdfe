/// The lines of standard input, all at once.
enum WholeInput {
    static func lines() throws(CommandFailure) -> [String] {
        let bytes = try FileContents.readStandardInput()
        guard bytes.count < FileContents.limit else {
            throw .unusable("standard input", "more than \(FileContents.limit >> 20) MiB: give it in parts")
        }
        var lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        if lines.last?.isEmpty == true { lines.removeLast() }
        return lines.map { line in
            String(decoding: line.last == UInt8(ascii: "\r") ? line.dropLast() : line, as: UTF8.self)
        }
    }
}
