import Foundation
import StreamSigningHTTP
import StreamSigningKeyRing
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningGate

@Suite("Manifests whose URLs are not relative")
struct ManifestGateTests {
    private static let folder = "/\(RunningGate.video)/manifest/"
    private static let gzip = [("Accept-Encoding", "gzip")]

    private static func playlist(_ prefix: String, _ count: Int = 100) -> [UInt8] {
        Array(("#EXTM3U\n" + (0..<count).map { "#EXTINF:2,\n\(prefix)seg-\($0).ts\n" }.joined()).utf8)
    }

    private static func run(
        _ rewriting: ManifestRewriting = .on(origins: []), _ recorder: LogRecorder = LogRecorder(),
        body: @Sendable (RunningGate) async throws -> Void
    ) async throws {
        try await RunningGate.run(logger: recorder.logger, { $0.manifestRewriting = rewriting }, body: body)
    }

    @Test(
        "are the same as relative ones, in everything that an answer says of them",
        arguments: ["https://gate.example" + folder, folder, "/acct" + folder, "/manifest/"])
    func asRelative(_ prefix: String) async throws {
        try await Self.run { gate in
            let date = Date(timeIntervalSince1970: 1_700_000_000)
            try gate.put("manifest/relative.m3u8", Self.playlist(""), modified: date)
            try gate.put("manifest/video.m3u8", Self.playlist(prefix), modified: date)
            let token = try gate.token()
            for (method, fields) in [
                ("GET", []), ("HEAD", []), ("GET", Self.gzip), ("HEAD", Self.gzip), ("GET", [("Range", "bytes=10-99")]),
                ("GET", [("Range", "bytes=-20")] + Self.gzip), ("GET", [("Range", "bytes=2600-")]),
            ] {
                let expected = try await gate.get("/\(token)/manifest/relative.m3u8", method: method, fields)
                for _ in 0..<4 {
                    let answer = try await gate.get("/\(token)/manifest/video.m3u8", method: method, fields)
                    #expect(answer.status == expected.status && answer.body == expected.body)
                    for name in [
                        "content-length", "etag", "last-modified", "vary", "content-encoding", "content-range",
                        "content-type", "cache-control",
                    ] {
                        #expect(answer[name] == expected[name], "\(name) of \(method) with \(fields)")
                    }
                }
            }
        }
    }

    @Test("have entity tags that do not depend on the token")
    func tags() async throws {
        try await Self.run { gate in
            try gate.put("manifest/video.m3u8", Self.playlist(Self.folder))
            let (first, second) = (try gate.token(), try gate.token(expires: .seconds(60)))
            for fields in [[], Self.gzip] {
                let tag = try #require(try await gate.get("/\(first)/manifest/video.m3u8", fields)["etag"])
                let answer = try await gate.get(
                    "/\(second)/manifest/video.m3u8", fields + [("If-None-Match", tag)])
                #expect(answer.status == 304 && answer["etag"] == tag)
                #expect(
                    try await gate.get("/\(second)/manifest/video.m3u8", fields + [("If-Match", "\"x\"")]).status == 412
                )
            }
        }
    }

    @Test("are not taken for what they were before, by their date")
    func dates() async throws {
        for rewriting in [ManifestRewriting.off, .on(origins: [])] {
            try await Self.run(rewriting) { gate in
                let content = Self.playlist(Self.folder)
                try gate.put("manifest/video.m3u8", content, modified: Date(timeIntervalSince1970: 1_700_000_000))
                let target = "/\(try gate.token())/manifest/video.m3u8"
                let date = try #require(try await gate.get(target)["last-modified"])
                #expect(try await gate.get(target, [("If-Modified-Since", date)]).status == 200)
                #expect(try await gate.get(target, [("If-Range", date), ("Range", "bytes=0-0")]).status == 200)
            }
        }
    }

    @Test("play under a session's token")
    func sessions() async throws {
        try await Self.run { gate in
            try gate.put("manifest/video.m3u8", Self.playlist("/manifest/"))
            let link = "/\(try gate.token(playFor: .seconds(3600)))/manifest/video.m3u8"
            let location = try #require(try await gate.get(link)["location"])
            let answer = try await gate.get(String(location.dropFirst(5)))
            #expect(answer.status == 200 && answer.body == Self.playlist(""))
        }
    }

    @Test("are served as they are without the setting, and logged once")
    func off() async throws {
        let recorder = LogRecorder()
        try await Self.run(.off, recorder) { gate in
            for prefix in [Self.folder, "https://gate.example\(Self.folder)", "/other/"] {
                let content = Self.playlist(prefix)
                try gate.put("manifest/video.m3u8", content)
                for _ in 0..<4 {
                    let answer = try await gate.get("/\(try gate.token())/manifest/video.m3u8")
                    #expect(answer.body == content)
                }
            }
            try gate.put("manifest/other.m3u8", Self.playlist("https://cdn.example/films/"))
            #expect(try await gate.get("/\(try gate.token())/manifest/other.m3u8").status == 200)
            #expect(gate.counts == ["not_relative": 12, "relative": 1])
        }
        let lines = recorder.lines.filter { $0.contains("manifest=") }
        #expect(
            lines.count == 1 && lines.first?.hasSuffix("manifest=acct/\(RunningGate.video)/manifest/video.m3u8") == true
        )
        #expect(lines.first?.hasPrefix("warning ") == true)
    }

    @Test("are served as they are to a viewer who claims another host, from memory and for good")
    func hosts() async throws {
        try await Self.run { gate in
            let content = Self.playlist("https://gate.example" + Self.folder)
            let evil = Self.playlist("https://evil.example" + Self.folder)
            try gate.put("manifest/video.m3u8", content)
            try gate.put("manifest/evil.m3u8", evil)
            let token = try gate.token()
            for fields in [[], Self.gzip] {
                for _ in 0..<4 {
                    let lie = try await gate.get("/\(token)/manifest/video.m3u8", host: "evil.example", fields)
                    let own = try await gate.get("/\(token)/manifest/video.m3u8", host: "Gate.Example", fields)
                    #expect(own["etag"] != lie["etag"] && own["vary"] == "Accept-Encoding")
                    guard fields.isEmpty else { continue }
                    #expect(lie.body == content && own.body == Self.playlist(""))
                    #expect(try await gate.get("/\(token)/manifest/evil.m3u8").body == evil)
                    #expect(
                        try await gate.get(
                            "/\(token)/manifest/evil.m3u8",
                            [("X-Forwarded-Host", "evil.example"), ("Forwarded", "host=evil.example")]
                        ).body == evil)
                }
            }
        }
    }

    @Test("may be of origins that are named, whatever host is asked")
    func origins() async throws {
        let origin = try #require(WebOrigin("https://media.example"))
        try await Self.run(.on(origins: [origin])) { gate in
            try gate.put("manifest/video.m3u8", Self.playlist("https://media.example" + Self.folder))
            for host in ["gate.example", "media.example", "10.0.0.1:8788"] {
                let answer = try await gate.get("/\(try gate.token())/manifest/video.m3u8", host: host)
                #expect(answer.body == Self.playlist(""))
            }
            #expect(gate.counts == ["rewritten": 3])
        }
    }

    @Test("lead to a folder of the video as soon as it is there, and no longer")
    func names() async throws {
        try await Self.run { gate in
            let content = Self.playlist("/media/")
            try gate.put("video.m3u8", content)
            let target = "/\(try gate.token())/video.m3u8"
            #expect(try await gate.get(target).body == content)
            try gate.put("media/seg-0.ts", [1])
            try await eventually { try await gate.get(target).body == Self.playlist("media/") }
            try FileManager.default.removeItem(atPath: "\(gate.videoFolder)/media")
            try await eventually { try await gate.get(target).body == content }
        }
    }

    /// The gate looks at a path again after a second.
    private func eventually(_ condition: () async throws -> Bool) async throws {
        let end = ContinuousClock.now + .seconds(20)
        while try await !condition() { try #require(.now < end) }
    }

    @Test("are never half rewritten, while somebody writes them", .timeLimit(.minutes(10)))
    func written() async throws {
        try await Self.run { gate in
            @Sendable func version(_ number: Int, _ prefix: String) -> [UInt8] {
                Self.playlist("\(prefix)\(number)/", 2000 + number % 7 * 100)
            }
            try gate.put("manifest/video.m3u8", version(0, Self.folder))
            let target = "/\(try gate.token())/manifest/video.m3u8"
            // From now on there is one that was whole.
            #expect(try await gate.get(target).body == version(0, ""))
            let writer = Writer { number in
                Thread.sleep(forTimeInterval: 0.04)
                version(number, Self.folder).overwrite("\(gate.videoFolder)/manifest/video.m3u8")
            }
            defer { writer.stop() }
            var numbers: Set<Int> = []
            while numbers.count < 5 {
                let answer = try await gate.get(target)
                #expect(answer["content-length"] == "\(answer.body.count)")
                let line = String(decoding: answer.body.dropFirst(19).prefix(32), as: UTF8.self)
                guard let number = Int(line.prefix { $0 != "/" }), answer.body == version(number, "") else {
                    try #require(writer.wasHeldUp, "\(line)")
                    continue
                }
                numbers.insert(number)
            }
        }
    }

    @Test("are served as they are if they are too long or cannot be read, and counted")
    func untouched() async throws {
        let recorder = LogRecorder()
        try await Self.run(.on(origins: []), recorder) { gate in
            let long = "#EXTM3U\n/manifest/" + String(repeating: "a", count: 64 << 20) + "\n"
            let texts: [(String, [UInt8])] = [
                ("long.m3u8", Array(long.utf8)), ("nul.m3u8", Array("#EXTM3U\n/manifest/a.ts\n\0\n".utf8)),
                ("latin.m3u8", Array("#EXTM3U\n/manifest/a.ts\n".utf8) + [0xE9, 0x0A]),
                ("entity.mpd", Array("<!DOCTYPE MPD [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><MPD>&a;</MPD>".utf8)),
                ("utf16.mpd", Array("\u{FEFF}<MPD/>".utf16).flatMap { [UInt8($0 & 255), UInt8($0 >> 8)] }),
            ]
            for (name, content) in texts {
                try gate.put("manifest/\(name)", content)
                for _ in 0..<2 {
                    let answer = try await gate.get("/\(try gate.token())/manifest/\(name)", Self.gzip)
                    #expect(answer.status == 200 && answer.body == content, "\(name)")
                }
            }
            #expect(gate.counts == ["too_long": 2, "not_understood": 8])
        }
        #expect(recorder.lines.count { $0.contains("manifest=") } == 5)
    }

    @Test("may be of one line")
    func oneLine() async throws {
        try await Self.run { gate in
            let name = String(repeating: "a", count: 3 << 20)
            try gate.put("manifest/video.m3u8", Array("#EXTM3U\n/manifest/\(name)".utf8))
            let answer = try await gate.get("/\(try gate.token())/manifest/video.m3u8")
            #expect(answer.body == Array("#EXTM3U\n\(name)".utf8))
        }
    }

    @Test("are no concern of other files")
    func others() async throws {
        try await Self.run { gate in
            let text = Self.playlist(Self.folder)
            for name in ["de.vtt", "seg.ts", "video.json", "video.m3u"] {
                try gate.put("manifest/\(name)", text)
                #expect(try await gate.get("/\(try gate.token())/manifest/\(name)").body == text, "\(name)")
            }
            #expect(gate.counts.isEmpty)
        }
    }
}

extension RunningGate {
    /// How often which outcome was counted, if ever.
    fileprivate var counts: [String: Int] {
        var text = MetricsText()
        metrics.write(to: &text, ring: ring)
        let samples = text.text.matches(of: /gate_manifests_total\{urls="(\w+)"\} ([1-9]\d*)/)
        return Dictionary(uniqueKeysWithValues: samples.map { (String($0.1), Int($0.2) ?? 0) })
    }
}
