import Foundation

/// A path in a folder of its own, which is removed with its owner.
final class ScratchFile {
    private let folder: URL
    let url: URL

    var path: String { url.path }

    init(_ content: Data? = nil) throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "countries-\(UUID().uuidString)")
        url = folder.appending(path: "countries.mmdb")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try content?.write(to: url)
    }

    deinit {
        try? FileManager.default.removeItem(at: folder)
    }

    /// Puts another file in its place, as programs do that update databases.
    func replace(with content: Data) throws {
        let new = folder.appending(path: "new")
        try content.write(to: new)
        guard rename(new.path, path) == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    /// Writes into the file itself, as `cp` does.
    func overwrite(with content: Data) throws {
        let file = try FileHandle(forWritingTo: url)
        try file.truncate(atOffset: 0)
        try file.write(contentsOf: content)
        try file.close()
    }
}
