import Foundation

@testable import StreamSigningStore

/// A folder for one test, removed with it.
final class ScratchFolder: Sendable {
    let path: String

    init() throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("streamsign-\(UUID())")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        path = folder.path
    }

    deinit {
        try? FileManager.default.removeItem(atPath: path)
    }

    /// A folder inside, which is not made yet.
    var data: DataDirectory { DataDirectory("\(path)/data") }

    func mode(_ path: String) throws -> Int? {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue
    }

    func setMode(_ mode: Int, _ path: String) throws {
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
    }

    func write(_ bytes: some Sequence<UInt8>, to path: String, mode: Int = 0o600) throws {
        try Data(bytes).write(to: URL(fileURLWithPath: path))
        try setMode(mode, path)
    }

    /// All bytes of all files below.
    func everything() throws -> [UInt8] {
        let names = try FileManager.default.subpathsOfDirectory(atPath: path)
        return names.compactMap { FileManager.default.contents(atPath: "\(path)/\($0)") }.flatMap { $0 }
    }
}
