import Foundation
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningGate

@Suite("The entity tag of a file")
struct FileTagTests {
    private static let time = Date(timeIntervalSince1970: 1_700_000_000.5)

    private func tag(_ content: [UInt8], at time: Date = time) throws -> String {
        let folder = try ScratchFolder()
        let path = "\(folder.path)/file"
        try Data(content).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.modificationDate: time], ofItemAtPath: path)
        let file = OpenFile(descriptor: open(path, O_RDONLY))
        let state = try #require(file.state())
        return try #require(FileTag.of(file, state))
    }

    @Test("is that of every copy", arguments: [0, 1, 100_000, 1_000_000])
    func copies(size: Int) throws {
        let content = (0..<size).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let tag = try tag(content)
        #expect(try self.tag(content) == tag)
        #expect(tag.wholeMatch(of: /"[0-9a-f]{32}"/) != nil)
    }

    @Test("differs with any byte of a segment, although size and time agree", arguments: [0, 1, 131_072, 262_143])
    func oneByte(index: Int) throws {
        var content = [UInt8](repeating: 1, count: 262_144)
        let before = try tag(content)
        content[index] = 2
        #expect(try tag(content) != before)
    }

    @Test("differs with the content of a long file, its length and its time")
    func longFile() throws {
        let content = [UInt8](repeating: 1, count: 1_000_000)
        let before = try tag(content)
        #expect(try tag([UInt8](repeating: 2, count: 1_000_000)) != before)
        #expect(try tag(content.dropLast()) != before)
        #expect(try tag(content, at: Self.time.addingTimeInterval(0.25)) != before)
    }

    @Test("is made of all of a short file, and of the ends and the middle of a long one")
    func ranges() {
        #expect(FileTag.ranges(0) == [0..<0])
        #expect(FileTag.ranges(262_144) == [0..<262_144])
        for size in [262_145, 1_000_003, 5 << 30] {
            let ranges = FileTag.ranges(size)
            #expect(ranges.count == 8 && ranges.allSatisfy { $0.count == 32768 })
            #expect(ranges.first?.lowerBound == 0 && ranges.last?.upperBound == size)
            #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.upperBound <= $1.lowerBound })
        }
    }

    @Test("is remembered for files that were opened lately")
    func remembered() throws {
        let folder = try ScratchFolder()
        let states = try (0..<5).map { number in
            let path = "\(folder.path)/\(number)"
            try Data([1]).write(to: URL(fileURLWithPath: path))
            return try #require(OpenFile(descriptor: open(path, O_RDONLY)).state())
        }
        let tags = KnownTags(limit: 2)
        for (number, state) in states.enumerated() { tags.keep("\(number)", of: state) }
        #expect(states.map { tags[$0] } == [nil, nil, "2", "3", "4"])
    }
}
