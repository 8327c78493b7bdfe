import Foundation
import NIOCore
import StreamSigningHTTP
import Testing

@testable import StreamSigningGate

@Suite("The media's folder")
struct MediaFolderTests {
    private let scratch: ScratchFolder
    private var link: String { "\(scratch.path)/media" }

    init() throws {
        scratch = try ScratchFolder()
        for name in ["one", "two"] {
            try FileManager.default.createDirectory(
                atPath: "\(scratch.path)/\(name)/acct/video", withIntermediateDirectories: true)
            try Data(name.utf8).write(to: URL(fileURLWithPath: "\(scratch.path)/\(name)/acct/video/name"))
        }
        try turn(to: "one")
    }

    /// Turns the link in one step, as `ln -sfn` does not and a deployment should.
    private func turn(to name: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(link).new", withDestinationPath: name)
        #expect(rename("\(link).new", link) == 0)
    }

    private func content(_ folder: MediaFolder) throws -> String {
        let file = try folder.file(at: "acct/video/name")
        let state = try #require(file.state())
        return String(buffer: try #require(file.read(0..<state.size)))
    }

    @Test("is followed when the link to it is turned")
    func turned() throws {
        let folder = try MediaFolder(link)
        #expect(folder.refresh() == nil && folder.generation == 0)
        #expect(try content(folder) == "one")
        try turn(to: "two")
        #expect(try content(folder) == "one", "until the next look")
        #expect(folder.refresh() == .followed && folder.generation == 1)
        #expect(try content(folder) == "two")
        #expect(folder.refresh() == nil)
    }

    @Test("is missed when it is gone, once, and found again")
    func gone() throws {
        let folder = try MediaFolder(link)
        try FileManager.default.removeItem(atPath: link)
        #expect(folder.refresh() == .lost("no such file or directory"))
        #expect(!folder.isPresent && folder.refresh() == nil)
        #expect(throws: MediaFolder.Failure.unavailable) { try folder.file(at: "acct/video/name") }
        try turn(to: "two")
        #expect(folder.refresh() == .followed && folder.isPresent)
        #expect(try content(folder) == "two")
    }

    @Test("is missed when something else takes its place")
    func replaced() throws {
        let folder = try MediaFolder(link)
        try FileManager.default.removeItem(atPath: link)
        try Data().write(to: URL(fileURLWithPath: link))
        #expect(folder.refresh() == .lost("not a directory"))
    }

    @Test("is found again under its own name after it was made anew")
    func remade() throws {
        let path = "\(scratch.path)/one"
        let folder = try MediaFolder(path)
        try FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        #expect(folder.refresh() == .followed)
        #expect(throws: MediaFolder.Failure.notFound) { try folder.file(at: "acct/video/name") }
    }

    @Test("has to be there at the start")
    func missing() {
        #expect(throws: ServiceFailure.self) { try MediaFolder("\(scratch.path)/none") }
    }
}
