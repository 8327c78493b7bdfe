import Foundation
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningGate

@Suite("Compressed answers")
struct CompressionTests {
    private static let text = Playlist.version(0)
    private static let asked = [("Accept-Encoding", "gzip, deflate, br")]

    @Test("are manifests and subtitles, for who asks", arguments: ["manifest/video.m3u8", "video.mpd", "de.vtt"])
    func texts(_ name: String) async throws {
        try await RunningGate.run { gate in
            try gate.put(name, Self.text)
            let path = "/\(try gate.token())/\(name)"
            let plain = try await gate.get(path)
            #expect(plain.body == Self.text && plain["content-encoding"] == nil && plain["vary"] == "Accept-Encoding")
            for _ in 0..<4 {
                let answer = try await gate.get(path, Self.asked)
                #expect(
                    answer.status == 200 && answer["content-encoding"] == "gzip" && answer["vary"] == "Accept-Encoding")
                #expect(answer.body.starts(with: [0x1F, 0x8B, 8]) && answer.body.count < Self.text.count / 4)
                #expect(
                    answer["content-length"] == "\(answer.body.count)"
                        && answer["content-type"] == plain["content-type"])
                #expect(answer["etag"] != plain["etag"])
                let head = try await gate.get(path, method: "HEAD", Self.asked)
                #expect(head["content-length"] == answer["content-length"] && head["content-encoding"] == "gzip")
            }
        }
    }

    @Test("have entity tags of their own")
    func validators() async throws {
        try await RunningGate.run { gate in
            try gate.put("video.m3u8", Self.text)
            let path = "/\(try gate.token())/video.m3u8"
            let plain = try #require(try await gate.get(path)["etag"])
            let compressed = try #require(try await gate.get(path, Self.asked)["etag"])
            let same = try await gate.get(path, Self.asked + [("If-None-Match", compressed)])
            #expect(same.status == 304 && same["etag"] == compressed && same["vary"] == "Accept-Encoding")
            #expect(try await gate.get(path, Self.asked + [("If-None-Match", plain)]).status == 200)
            #expect(try await gate.get(path, [("If-None-Match", compressed)]).status == 200)
            #expect(try await gate.get(path, [("If-None-Match", plain)]).status == 304)
        }
    }

    @Test("are neither parts, nor media, nor what would not become shorter")
    func plain() async throws {
        try await RunningGate.run { gate in
            try gate.put("video.m3u8", Self.text)
            try gate.put("short.m3u8", Array("#EXTM3U\n".utf8))
            try gate.put("noise.vtt", (0..<1000).map { _ in UInt8.random(in: .min ... .max) })
            try gate.put("seg.m4s", Self.text)
            try gate.put("thumbnails/thumbnail.jpg", Self.text)
            let token = try gate.token()
            for name in ["short.m3u8", "noise.vtt", "seg.m4s", "thumbnails/thumbnail.jpg"] {
                let answer = try await gate.get("/\(token)/\(name)", Self.asked)
                #expect(answer.status == 200 && answer["content-encoding"] == nil, "\(name)")
            }
            let part = try await gate.get("/\(token)/video.m3u8", Self.asked + [("Range", "bytes=0-6")])
            #expect(part.status == 206 && part.text == "#EXTM3U" && part["content-encoding"] == nil)
            let refused = try await gate.get("/\(token)/video.m3u8", [("Accept-Encoding", "gzip;q=0")])
            #expect(refused.body == Self.text)
        }
    }
}
