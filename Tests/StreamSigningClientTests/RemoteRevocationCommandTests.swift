import Foundation
import StreamSigning
import Testing

@Suite("streamsign remote revoke")
struct RemoteRevocationCommandTests {
    @Test("revoke writes the id, and tells what it did")
    func revoke() async throws {
        let sample = SampleRevocation(reason: "ticket 812")
        try await RemoteProgram.run([.result(sample.json), .result(sample.json)]) { streamsign, server in
            let ended = try await streamsign(
                "remote", "revoke", "--viewer", "user-4711", "--issued-before", "2027-01-15T08:00:00Z", "--until",
                "1800604800", "--reason", "ticket 812", "--wait")
            #expect(ended.status == 0 && ended.stdout == "\(sample.id)\n")
            #expect(
                ended.stderr == """
                    streamsign: revoked viewer user-4711, revocation \(sample.id), signed before 2027-01-15T08:00:00Z, \
                    until 2027-01-22T08:00:00Z: ticket 812

                    """)
            let json = try await streamsign("remote", "revoke", "--viewer", "user-4711", "--json")
            #expect(json.stdout == sample.json + "\n" && json.stderr == "")
            #expect(server.requests.map(\.path).map { $0.hasSuffix("?wait=nodes") } == [true, false])
            #expect(
                server.requests.map(\.body) == [
                    """
                    {"viewer":"user-4711","issuedBefore":"2027-01-15T08:00:00Z","until":"2027-01-22T08:00:00Z",\
                    "reason":"ticket 812"}
                    """, #"{"viewer":"user-4711"}"#,
                ])
        }
    }

    @Test("revoke reads the id of a token that is given whole, or in a URL")
    func wholeToken() async throws {
        let key = try ClientFixture.key.get()
        let claims = try PlaybackClaims(
            video: VideoID("v"), expires: 1_900_000_000, id: "leaked.1", issuedAt: 1_800_000_000)
        let token = try TokenSigner(key: key).sign(claims).rawValue
        let plain = try TokenSigner(key: key).sign(PlaybackClaims(video: VideoID("v"), expires: 1_900_000_000)).rawValue
        let replies = Array(repeating: Reply.result(SampleRevocation.token(1).json), count: 3)
        try await RemoteProgram.run(replies) { streamsign, server in
            for given in ["leaked.1", token, "https://video.example/\(token)/manifest/video.m3u8"] {
                #expect(try await streamsign("remote", "revoke", "--token", given).status == 0)
            }
            #expect(server.requests.map(\.body) == Array(repeating: #"{"token":"leaked.1"}"#, count: 3))
            for given in [plain, String(token.dropFirst(40)) + ".x", "eyJh.b", "https://video.example/v/watch", ""] {
                #expect(try await streamsign("remote", "revoke", "--token", given).status == 2)
            }
            let without = try await streamsign("remote", "revoke", "--token", plain)
            #expect(without.stderr.contains("this token has no id ('jti')"))
        }
    }

    @Test("revoke reads the viewer and the video of a token, and takes nothing for a video that cannot be one")
    func wholeTokenOfOthers() async throws {
        let key = try ClientFixture.key.get()
        let sign = { (viewer: String?) in
            try TokenSigner(key: key).sign(
                PlaybackClaims(
                    video: VideoID("film"), expires: 1_900_000_000, issuedAt: 1_800_000_000, viewer: viewer)
            ).rawValue
        }
        let (token, plain) = (try sign("user-4711"), try sign(nil))
        let url = "https://video.example/\(token)/manifest/video.m3u8"
        let viewer = "https://id.example/users/4711"
        let replies = Array(repeating: Reply.result(SampleRevocation.token(1).json), count: 5)
        try await RemoteProgram.run(replies) { streamsign, server in
            for (kind, given) in [
                ("viewer", token), ("viewer", url), ("viewer", viewer), ("video", token), ("video", url),
            ] {
                #expect(try await streamsign("remote", "revoke", "--\(kind)", given).status == 0)
            }
            #expect(
                server.requests.map(\.body) == [
                    #"{"viewer":"user-4711"}"#, #"{"viewer":"user-4711"}"#, #"{"viewer":"\#(viewer)"}"#,
                    #"{"video":"film"}"#, #"{"video":"film"}"#,
                ])
            for (kind, given) in [
                ("viewer", plain), ("viewer", String(token.dropLast(400))), ("video", "not/a/video"),
                ("video", "https://video.example/film/manifest/video.m3u8"), ("video", "eyJh.b"), ("video", "a b"),
            ] {
                let ended = try await streamsign("remote", "revoke", "--\(kind)", given)
                #expect(ended.status == 2 && ended.stderr.hasPrefix("streamsign: --\(kind) '"), "\(ended.stderr)")
                #expect(try await streamsign("remote", "revocations", "--\(kind)", given).status == 2)
            }
        }
    }

    @Test("revoke takes how long it is to last instead of a time")
    func duration() async throws {
        try await RemoteProgram.run([.result(SampleRevocation.token(1).json)]) { streamsign, server in
            let before = NumericDate(Date())
            #expect(try await streamsign("remote", "revoke", "--token", "a", "--until", "1h30m").status == 0)
            let body = try #require(server.requests.first?.body)
            let until = try #require(body.split(separator: "\"").last { $0.hasPrefix("20") }.map(String.init))
            let lifetime = try #require(NumericDate(until)) - before
            #expect(lifetime > .seconds(5_390) && lifetime < .seconds(5_460), "\(body)")
        }
    }

    @Test("revoke reads the session of a session token that is given whole")
    func wholeSession() async throws {
        let session = "0123456789abcdefghijkl"
        // `{}` and `{"sub":"v","sid":"0123456789abcdefghijkl"}`
        let token = "e30.eyJzdWIiOiJ2Iiwic2lkIjoiMDEyMzQ1Njc4OWFiY2RlZmdoaWprbCJ9.c2ln"
        let url = "https://video.example/eyJ9.\(token.split(separator: ".")[1]).c2ln/watch"
        let replies = Array(repeating: Reply.result(SampleRevocation.token(1).json), count: 2)
        let whole = "https://video.example/eyJhIjoxfQ\(token.dropFirst(3))/watch"
        try await RemoteProgram.run(replies) { streamsign, server in
            for given in [session, whole] {
                let ended = try await streamsign("remote", "revoke", "--session", given)
                #expect(ended.status == 0)
            }
            #expect(server.requests.map(\.body) == Array(repeating: #"{"session":"\#(session)"}"#, count: 2))
            let unreadable = try await streamsign("remote", "revoke", "--session", url)
            #expect(unreadable.status == 2)
        }
    }

    @Test("revoke takes ids from standard input, a thousand at a time")
    func standardInput() async throws {
        let page = { (range: Range<Int>) in
            Reply.result("[" + range.map { SampleRevocation.token($0).json }.joined(separator: ",") + "]")
        }
        let replies = [
            page(0..<1_000), page(1_000..<2_000), .result(SampleRevocation.token(2_000).json), page(0..<2), page(0..<2),
        ]
        try await RemoteProgram.run(replies) { streamsign, server in
            let ids = (0...2_000).map { "t\($0)" }
            try streamsign.write(ids.joined(separator: "\r\n") + "\n", to: "ids")
            let ended = try await streamsign.shell(#""$0" remote revoke --token - --json <ids"#)
            #expect(ended.status == 0 && ended.stdout.split(separator: "\n").count == 2_001, "\(ended.stderr)")
            #expect(server.requests.count == 3)
            #expect(server.requests.last?.body == #"{"token":"t2000"}"#)
            try streamsign.write("a\n\nb\n", to: "gap")
            let gap = try await streamsign.shell(#""$0" remote revoke --viewer - <gap"#)
            #expect(gap.status == 2 && gap.stderr.hasPrefix("streamsign: standard input, line 2 "))
            #expect(server.requests.count == 3)
            try streamsign.write("a\nb\n\n\r\n\n", to: "blank-end")
            let blankEnd = try await streamsign.shell(#""$0" remote revoke --viewer - --json <blank-end"#)
            #expect(blankEnd.status == 0 && server.requests.last?.body == #"[{"viewer":"a"},{"viewer":"b"}]"#)
            try streamsign.write("\u{FEFF}a\nb\n", to: "marked")
            let marked = try await streamsign.shell(#""$0" remote revoke --viewer - --json <marked"#)
            #expect(marked.status == 0 && server.requests.last?.body == #"[{"viewer":"a"},{"viewer":"b"}]"#)
            let notText = try await streamsign.shell(#"printf 'a\nb\377\n' | "$0" remote revoke --viewer -"#)
            #expect(notText.status == 2 && notText.stderr.hasPrefix("streamsign: standard input, line 2: not UTF-8"))
            #expect(server.requests.count == 5)
            let none = try await streamsign.shell(#""$0" remote revoke --viewer - </dev/null"#)
            #expect(none.status == 0 && none.stderr.contains("no id on standard input"))
        }
    }

    @Test("revoke says how many were revoked before the service failed")
    func partly() async throws {
        let first = "[" + (0..<1_000).map { SampleRevocation.token($0).json }.joined(separator: ",") + "]"
        try await RemoteProgram.run([.result(first), .error(403, 9109, "no")]) { streamsign, _ in
            try streamsign.write((0..<1_500).map { "t\($0)\n" }.joined(), to: "ids")
            let ended = try await streamsign.shell(#""$0" remote revoke --token - --json <ids"#)
            #expect(ended.status == 3 && ended.stdout.split(separator: "\n").count == 1_000)
            #expect(ended.stderr.contains("1000 were revoked before this failure"))
        }
    }

    @Test("What is missing or too much is wrong usage, what cannot be used is not")
    func usage() async throws {
        try await RemoteProgram.run([]) { streamsign, server in
            #expect(try await streamsign("remote", "revoke").status == 64)
            #expect(try await streamsign("remote", "revoke", "--token", "a", "--viewer", "b").status == 64)
            #expect(try await streamsign("remote", "revoke", "--token", "a", "--issued-before", "1").status == 64)
            #expect(try await streamsign("remote", "revoke", "--token", "-", "--api-token-file", "-").status == 64)
            #expect(try await streamsign("remote", "revocations", "--token", "a", "--viewer", "b").status == 64)
            #expect(try await streamsign("remote", "restore").status == 64)
            #expect(try await streamsign("remote", "revoke", "--viewer", "a", "--until", "soon").status == 2)
            #expect(try await streamsign("remote", "revoke", "--viewer", "a\u{1B}").status == 2)
            #expect(try await streamsign("remote", "revocations", "--limit", "0").status == 2)
            #expect(server.requests.isEmpty)
            let cloudflare = ["STREAMSIGN_ACCOUNT": "a", "STREAMSIGN_API_TOKEN": "t"]
            let program = RemoteProgram(folder: streamsign.folder, environment: cloudflare)
            let refused = try await program("remote", "revoke", "--viewer", "a")
            #expect(refused.status == 3 && refused.stderr.contains("unsupported: Cloudflare Stream revokes nothing"))
        }
    }
}
