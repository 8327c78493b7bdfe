import Foundation
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing

@Suite("The media gate")
struct MediaGateTests {
    private static let content = (0..<3_000_000).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }

    @Test("serves a video's files to viewers with a token for it")
    func serves() async throws {
        try await RunningGate.run { gate in
            try gate.put("manifest/video.m3u8", Array("#EXTM3U\n".utf8))
            try gate.put("seg.m4s", Self.content)
            let token = try gate.token()
            let manifest = try await gate.get("/\(token)/manifest/video.m3u8?protocol=llhls")
            #expect(manifest.status == 200 && manifest.text == "#EXTM3U\n")
            #expect(manifest["content-type"] == "application/vnd.apple.mpegurl")
            #expect(manifest["cache-control"] == "private, no-cache")
            let segment = try await gate.get("/\(token)/seg.m4s")
            #expect(segment.status == 200 && segment.body == Self.content)
            #expect(segment["content-length"] == "3000000" && segment["accept-ranges"] == "bytes")
            #expect(segment["cache-control"] == "private, max-age=3600")
            #expect(segment["referrer-policy"] == "no-referrer" && segment["x-content-type-options"] == "nosniff")
            #expect(segment["access-control-allow-origin"] == "*" && segment["date"] != nil)
            gate.clock.advance(by: .seconds(3000) + .milliseconds(500))
            #expect(try await gate.get("/\(token)/seg.m4s")["cache-control"] == "private, max-age=599")
        }
    }

    @Test("serves parts, heads and what has changed")
    func conditions() async throws {
        try await RunningGate.run { gate in
            // Its date is a validator only once the second that it names is over.
            try gate.put("seg.m4s", Self.content, modified: Date(timeIntervalSinceNow: -60))
            let path = "/\(try gate.token())/seg.m4s"
            let part = try await gate.get(path, [("Range", "bytes=5-1500000")])
            #expect(part.status == 206 && part.body == Array(Self.content[5...1_500_000]))
            #expect(part["content-range"] == "bytes 5-1500000/3000000")
            let beyond = try await gate.get(path, [("Range", "bytes=3000000-")])
            #expect(beyond.status == 416 && beyond["content-range"] == "bytes */3000000")
            let head = try await gate.get(path, method: "HEAD")
            #expect(head.status == 200 && head.body.isEmpty && head["content-length"] == "3000000")

            let tag = try #require(head["etag"])
            let date = try #require(head["last-modified"])
            for field in [
                ("If-None-Match", tag), ("If-None-Match", "W/\(tag)"), ("If-None-Match", "\"x\", \(tag)"),
                ("If-None-Match", "*"), ("If-Modified-Since", date),
                ("If-Modified-Since", "Thu, 31 Dec 2099 23:59:59 GMT"),
            ] {
                let answer = try await gate.get(path, [field])
                #expect(answer.status == 304 && answer.body.isEmpty && answer["etag"] == tag, "\(field)")
                #expect(answer["content-length"] == nil)
            }
            for fields in [
                [("If-None-Match", "\"x\"")], [("If-None-Match", "\"x\""), ("If-Modified-Since", date)],
                [("If-Modified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")], [("If-Modified-Since", "soon")],
                [("If-Match", tag)], [("Range", "bytes=0-1"), ("If-Range", "\"x\"")],
                [("Range", "bytes=0-1"), ("If-Range", "W/\(tag)")],
            ] {
                #expect(try await gate.get(path, fields).status == 200, "\(fields)")
            }
            for version in [tag, date] {
                #expect(try await gate.get(path, [("Range", "bytes=0-1"), ("If-Range", version)]).status == 206)
            }
            for field in [("If-Match", "\"x\""), ("If-Unmodified-Since", "Thu, 01 Jan 1970 00:00:00 GMT")] {
                #expect(try await gate.get(path, [field]).status == 412, "\(field)")
            }
        }
    }

    @Test("says why it refuses, in a field and in a line")
    func refusals() async throws {
        try await RunningGate.run { gate in
            try gate.put("seg.m4s", [1])
            try gate.put("downloads/default.mp4", [2])
            let token = try gate.token()
            let blocked = try gate.token(rules: [.block(.countries(.gb))])
            let cases: [(path: String, status: Int, code: String)] = [
                ("/\(RunningGate.video)/seg.m4s", 401, "token_missing"),
                ("/", 401, "token_missing"), ("//seg.m4s", 401, "token_missing"),
                ("/a.b.c/seg.m4s", 401, "token_malformed"),
                ("/\(try gate.token(notBefore: gate.clock.now + .seconds(9)))/seg.m4s", 401, "not_yet_valid"),
                ("/\(try gate.token(key: .otherTestKey))/seg.m4s", 401, "key_unknown"),
                ("/\(blocked)/seg.m4s", 403, "country_unknown"),
                ("/\(token)/downloads/default.mp4", 403, "download_not_allowed"),
                ("/\(token)/%64ownloads/default.mp4", 403, "download_not_allowed"),
            ]
            for (path, status, code) in cases {
                let answer = try await gate.get(path)
                #expect(answer.status == status && answer.denial == code, "\(code)")
                #expect(answer.text.hasPrefix("\(code): ") && answer.text.hasSuffix("\n"))
                #expect(answer["cache-control"] == "no-store" && answer["access-control-allow-origin"] == "*")
                #expect((answer["www-authenticate"] != nil) == (status == 401))
            }
            gate.clock.advance(by: .seconds(3600))
            #expect(try await gate.get("/\(token)/seg.m4s").denial == "expired")
        }
    }

    @Test(
        "serves as a download whatever needs the claim for one, and nothing else",
        arguments: [
            ("downloads/default.mp4", true), ("Downloads/default.mp4", true), ("%64ownloads/default.mp4", true),
            ("manifest/downloads/default.mp4", true), ("default.mp4", false), ("downloadsx/default.mp4", false),
        ])
    func downloads(path: String, isDownload: Bool) async throws {
        try await RunningGate.run { gate in
            try gate.put(try #require(path.removingPercentEncoding), [2])
            let refused = try await gate.get("/\(try gate.token())/\(path)")
            #expect(refused.denial == (isDownload ? "download_not_allowed" : nil))
            let allowed = try await gate.get("/\(try gate.token(downloadable: true))/\(path)?filename=mine")
            #expect(allowed.status == 200 && allowed.body == [2])
            #expect(allowed["content-disposition"] == (isDownload ? "attachment; filename=\"mine.mp4\"" : nil))
        }
    }

    @Test("stops at once what a deleted key has signed")
    func revoked() async throws {
        try await RunningGate.run { gate in
            try gate.put("seg.m4s", [1])
            let path = "/\(try gate.token())/seg.m4s"
            for _ in 0..<4 { #expect(try await gate.get(path).status == 200) }
            gate.ring.revoke(try SigningKey.testKey.id, of: RunningGate.account)
            for _ in 0..<4 { #expect(try await gate.get(path).denial == "key_revoked") }
        }
    }

    @Test("serves nothing outside the video's folder")
    func escapes() async throws {
        try await RunningGate.run { gate in
            let secret = Array("secret".utf8)
            let account = "\(gate.folder.path)/media/\(RunningGate.account)"
            try gate.put("seg.m4s", [1])
            try gate.put("inner/seg.m4s", [1])
            try gate.put(".hidden", secret)
            for place in ["\(gate.folder.path)/secret", "\(account)/secret"] {
                try Data(secret).write(to: URL(fileURLWithPath: place))
            }
            let files = FileManager.default
            let folder = gate.videoFolder
            try files.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "../secret")
            try files.createSymbolicLink(atPath: "\(folder)/inside", withDestinationPath: "seg.m4s")
            try files.createSymbolicLink(atPath: "\(folder)/up", withDestinationPath: "..")
            try files.createSymbolicLink(atPath: "\(folder)/passwd", withDestinationPath: "/etc/passwd")
            #expect(mkfifo("\(folder)/pipe", 0o600) == 0)
            let token = try gate.token()
            let paths =
                [
                    "link", "inside", "up/secret", "passwd", "pipe", "inner", "inner/", "up", "seg.m4s/x", "none",
                    "up/../seg.m4s",
                ]
                + MediaPathTests.escapes.filter { $0.utf8.allSatisfy { (0x21...0x7E).contains($0) } }
                + ["../secret", "../../secret", "..%2fsecret", "%2e%2e/secret", "..%5csecret"]
            for path in paths {
                let answer = try await gate.get("/\(token)/\(path)")
                #expect(answer.status == 404, "\(path)")
                #expect(!answer.text.contains("secret") && !answer.text.contains("root:"), "\(path)")
            }
            #expect(try await gate.get("/\(token)").status == 404)
        }
    }

    @Test("serves at once what a file is replaced by")
    func replaced() async throws {
        try await RunningGate.run { gate in
            try gate.put("seg.m4s", [1])
            let path = "/\(try gate.token())/seg.m4s"
            #expect(try await gate.get(path).body == [1])
            try FileManager.default.removeItem(atPath: "\(gate.videoFolder)/seg.m4s")
            try gate.put("seg.m4s", [2, 3])
            // Each event loop has files of its own open.
            for _ in 0..<8 { #expect(try await gate.get(path).body == [2, 3]) }
        }
    }
}
