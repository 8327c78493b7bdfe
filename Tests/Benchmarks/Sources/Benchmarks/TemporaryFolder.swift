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

    /// In memory, if there is room for so many bytes, because 100,000 commits take long on a disk; else on the disk.
    static func inMemory(ofBytes bytes: Int) throws -> TemporaryFolder {
        let memory = URL(filePath: "/dev/shm")
        let space = try? FileManager.default.attributesOfFileSystem(forPath: memory.path)[.systemFreeSize] as? Int
        // A container may have no more than 64 MiB of it.
        return space ?? 0 > bytes ? try TemporaryFolder(in: memory) : try TemporaryFolder()
    }

    deinit {
        try? FileManager.default.removeItem(at: url)
    }

    /// The path that a file of that name has.
    func path(_ name: String) -> String {
        url.appending(path: name).path
    }

    /// Writes the file and returns its path.
    /// - Parameter times: how often the text is written, one after the other.
    func write(_ text: String, times: Int = 1, to name: String) throws -> String {
        let data = Data(text.utf8)
        try data.write(to: url.appending(path: name))
        let file = try FileHandle(forWritingTo: url.appending(path: name))
        defer { try? file.close() }
        try file.seekToEnd()
        // Not in one piece: what this process has in memory is counted for those that it starts.
        for _ in 1..<times { try file.write(contentsOf: data) }
        return path(name)
    }

    /// What the files in a folder of that name take, as far as they are written.
    func bytes(in name: String) throws -> Int {
        let names = try FileManager.default.contentsOfDirectory(atPath: path(name))
        return try names.reduce(0) { sum, file in
            let size = try FileManager.default.attributesOfItem(atPath: path(name) + "/" + file)[.size]
            return sum + (size as? Int ?? 0)
        }
    }

    func read(_ name: String) throws -> String {
        String(decoding: try Data(contentsOf: url.appending(path: name)), as: UTF8.self)
    }
}
