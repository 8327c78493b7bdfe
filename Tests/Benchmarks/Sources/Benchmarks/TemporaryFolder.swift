internal import Foundation

/// A folder that goes away with its last owner.
final class TemporaryFolder {
    private let url: URL

    /// - Parameter parent: where to make it.
    init(in parent: URL = FileManager.default.temporaryDirectory) throws {
        url = parent.appending(path: "benchmarks-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path that a file of that name has.
    func path(_ name: String) -> String {
        url.appending(path: name).path
    }

    /// Writes the file and returns its path.
    func write(_ text: String, to name: String) throws -> String {
        try Data(text.utf8).write(to: url.appending(path: name))
        return path(name)
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }
}
