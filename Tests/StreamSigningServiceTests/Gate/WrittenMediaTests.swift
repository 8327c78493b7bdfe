import Foundation
import StreamSigningStoreTesting
import Synchronization
import Testing

@testable import StreamSigningGate

@Suite("Media that somebody is writing")
struct WrittenMediaTests {
    private static let time = Date(timeIntervalSince1970: 1_700_000_000)

    @Test(
        "is a playlist as its writer left it, and never a part of one", .timeLimit(.minutes(10)),
        arguments: ["in place", "renamed", "in place, uncompressed"])
    func playlist(_ way: String) async throws {
        try await RunningGate.run { gate in
            try gate.put("manifest/video.m3u8", Playlist.version(0))
            let path = "\(gate.videoFolder)/manifest/video.m3u8"
            let target = "/\(try gate.token())/manifest/video.m3u8"
            // From now on there is one that was whole.
            #expect(try await gate.get(target).body == Playlist.version(0))
            let writer = Writer { number in
                // Longer than a file has to rest, so that there is something to see.
                Thread.sleep(forTimeInterval: 0.04)
                let version = Playlist.version(number)
                if way == "renamed" {
                    version.overwrite(path + ".tmp")
                    rename(path + ".tmp", path)
                } else {
                    version.overwrite(path)
                }
            }
            defer { writer.stop() }
            let fields = way == "in place" ? [("Accept-Encoding", "identity")] : []
            var numbers: [String: Int] = [:]
            while numbers.count < 5 {
                try await withThrowingTaskGroup { group in
                    for _ in 0..<4 {
                        group.addTask {
                            var versions: [(tag: String, number: Int)] = []
                            for _ in 0..<100 {
                                let answer = try await gate.get(target, fields)
                                if let version = try Self.version(answer, of: writer) { versions.append(version) }
                            }
                            return versions
                        }
                    }
                    for try await versions in group {
                        for (tag, number) in versions {
                            #expect(numbers.updateValue(number, forKey: tag) ?? number == number)
                        }
                    }
                }
            }
        }
    }

    /// The entity tag of an answer, and which version of the playlist it is; nil if it is a part of one, as it may be if the
    /// writer was held up.
    private static func version(_ answer: RawAnswer, of writer: Writer) throws -> (tag: String, number: Int)? {
        #expect(answer.status == 200 && answer["content-length"] == "\(answer.body.count)")
        guard let number = Playlist.number(of: answer.body) else {
            try #require(writer.wasHeldUp, "\(answer.body.count) bytes")
            return nil
        }
        return (try #require(answer["etag"]), number)
    }

    @Test("is there as soon as it is written, whatever was served before")
    func atOnce() async throws {
        try await RunningGate.run { gate in
            let target = "/\(try gate.token())/manifest/video.m3u8"
            for number in 0..<20 {
                Playlist.version(number).overwrite("\(gate.videoFolder)/video.m3u8")
                let answer = try await gate.get(target.replacing("manifest/", with: ""))
                #expect(Playlist.number(of: answer.body) == number)
            }
        }
    }

    @Test("was what it was before, while a part of it is there that looks unfinished", arguments: ["", "<MPD>\n"])
    func unfinished(_ part: String) async throws {
        try await RunningGate.run { gate in
            let path = "\(gate.videoFolder)/video.mpd"
            let target = "/\(try gate.token())/video.mpd"
            let whole = Array("<MPD>\n</MPD>\n".utf8)
            // A busy machine may ask so late that the part counts as all there is.
            for _ in 0..<20 {
                whole.overwrite(path)
                #expect(try await gate.get(target).body == whole)
                let begin = ContinuousClock.now
                Array(part.utf8).overwrite(path)
                let answer = try await gate.get(target)
                guard .now - begin < .seconds(1) else { continue }
                #expect(answer.body == whole)
                break
            }
            let next = Array("<MPD>\n<Period/>\n</MPD>\n".utf8)
            next.overwrite(path)
            #expect(try await gate.get(target).body == next)
        }
    }

    @Test("is served in parts that are there by now, while it grows", arguments: ["single.ts", "seg.m4s.part"])
    func growing(_ name: String) async throws {
        let block = (0..<1000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 2) }
        try await RunningGate.run { gate in
            let path = "\(gate.videoFolder)/\(name)"
            let size = Atomic<Int>(block.count)
            try gate.put(name, block)
            let file = open(path, O_WRONLY | O_APPEND)
            let writer = Writer { _ in
                _ = block.withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
                size.add(block.count, ordering: .acquiringAndReleasing)
                Thread.sleep(forTimeInterval: 0.002)
            }
            defer {
                writer.stop()
                close(file)
            }
            let target = "/\(try gate.token())/\(name)"
            for number in 0..<100 {
                let known = size.load(ordering: .acquiring)
                if number.isMultiple(of: 5) {
                    let answer = try await gate.get(target)
                    #expect(answer.status == 200 && answer["content-length"] == "\(answer.body.count)")
                    #expect(answer.body.count >= known && Array(answer.body.prefix(known).suffix(block.count)) == block)
                    continue
                }
                let answer = try await gate.get(target, [("Range", "bytes=\(known - block.count)-\(known - 1)")])
                #expect(answer.status == 206 && answer.body == block)
                let total = answer["content-range"]?.split(separator: "/").last.flatMap { Int($0) }
                #expect(try #require(total) >= known)
            }
        }
    }

    @Test("is as short as it is once it is cut, and gone once it is removed", arguments: ["seg.m4s", "video.m3u8"])
    func cut(_ name: String) async throws {
        try await RunningGate.run { gate in
            let content = [UInt8](repeating: UInt8(ascii: "\n"), count: 100_000)
            try gate.put(name, content)
            let target = "/\(try gate.token())/\(name)"
            for _ in 0..<4 { #expect(try await gate.get(target).body == content) }
            #expect(truncate("\(gate.videoFolder)/\(name)", 10) == 0)
            for _ in 0..<4 {
                let answer = try await gate.get(target)
                #expect(answer.status == 200 && answer.body == Array(content.prefix(10)))
                #expect(try await gate.get(target, [("Range", "bytes=100-")])["content-range"] == "bytes */10")
            }
            #expect(unlink("\(gate.videoFolder)/\(name)") == 0)
            for _ in 0..<4 { #expect(try await gate.get(target).status == 404) }
        }
    }

    @Test(
        "has another entity tag with other bytes, although name, size and time are the same",
        arguments: [("video.m3u8", 1000), ("de.vtt", 1000), ("seg.m4s", 1000), ("film.mp4", 3_000_000)])
    func tags(_ name: String, _ size: Int) async throws {
        try await RunningGate.run { gate in
            let target = "/\(try gate.token())/\(name)"
            var tags: Set<String> = []
            for number in 0..<5 {
                let content = [UInt8](repeating: UInt8(ascii: "a") + UInt8(number % 4), count: size) + Array("\n".utf8)
                try gate.put(name, content, modified: Self.time)
                let answer = try await gate.get(target)
                let tag = try #require(answer["etag"])
                tags.insert(tag)
                #expect(try await gate.get(target, [("If-None-Match", tag)]).status == 304)
            }
            // The first content comes back at the end.
            #expect(tags.count == 4)
        }
    }

    @Test("is not taken for what it was a moment ago, by its date")
    func dates() async throws {
        try await RunningGate.run { gate in
            for name in ["seg.m4s", "video.m3u8"] {
                let target = "/\(try gate.token())/\(name)"
                // However long the test takes, this is not in the past.
                try gate.put(name, Array("1\n".utf8), modified: .now + 3600)
                let date = try #require(try await gate.get(target)["last-modified"])
                #expect(try await gate.get(target, [("If-Modified-Since", date)]).status == 200)
                #expect(try await gate.get(target, [("If-Range", date), ("Range", "bytes=0-0")]).status == 200)
                try gate.put(name, Array("1\n".utf8), modified: Self.time)
                let old = try #require(try await gate.get(target)["last-modified"])
                #expect(try await gate.get(target, [("If-Modified-Since", old)]).status == 304)
                #expect(try await gate.get(target, [("If-Range", old), ("Range", "bytes=0-0")]).status == 206)
            }
        }
    }

    @Test("may be a playlist that is too long to be kept in memory")
    func long() async throws {
        try await RunningGate.run { gate in
            let content = [UInt8](repeating: UInt8(ascii: "\n"), count: MediaReader.longestText + 1)
            try gate.put("video.m3u8", content)
            let target = "/\(try gate.token())/video.m3u8"
            let answer = try await gate.get(target, [("Accept-Encoding", "gzip")])
            #expect(answer.body == content && answer["content-encoding"] == nil)
            try gate.put("video.m3u8", content.dropLast())
            #expect(try await gate.get(target).body == content.dropLast())
        }
    }
}
