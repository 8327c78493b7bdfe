import Foundation

/// Vectors under licences of their own, which are not copied into this repository. Point `STREAM_SIGNING_CORPUS` at a
/// folder with `wycheproof/`, `cookbook-rs256.json` and `pem-cases/` to run the suites that need them; without it they
/// are shown as skipped.
enum ExternalCorpus {
    private static let folder = ProcessInfo.processInfo.environment["STREAM_SIGNING_CORPUS"]

    static var isThere: Bool { folder != nil }

    static func data(_ path: String) throws -> Data {
        guard let folder else { throw Vectors.Missing(path: path) }
        return try Data(contentsOf: URL(filePath: folder).appending(path: path))
    }

    static func object(_ path: String) throws -> JSONRow {
        try JSONRow(parsing: data(path))
    }
}
