internal import StreamSigning
internal import StreamSigningWire

/// Revocations that were saved, as `remote revocations --json` or the API writes them.
enum RevocationFile {
    /// - Parameter path: `-` is standard input.
    static func read(_ path: String) throws(CommandFailure) -> [Revocation] {
        let name = path == "-" ? "standard input" : path
        let bytes = try FileContents.read(path)
        guard bytes.count < FileContents.limit else {
            throw .unusable(name, "more than \(FileContents.limit >> 20) MiB")
        }
        do throws(WireProblem) {
            return try Revocation.readSaved(bytes)
        } catch {
            let place = error.pointer.map { $0.isEmpty ? "" : " (at \($0))" } ?? ""
            throw .unusable(name, "not a complete list of revocations: \(error.reason)\(place)")
        }
    }
}
