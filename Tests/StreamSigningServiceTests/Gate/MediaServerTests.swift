import StreamSigning
import StreamSigningTesting
import Testing

@testable import StreamSigningGate
@testable import StreamSigningKeyRing

/// Questions as the media servers send them, and what each must be told.
@Suite("Admission for media servers")
struct MediaServerTests {
    /// A question about `VIDEO` by a viewer at `ADDRESS`, with `TOKEN` where that server has it.
    struct Server: Sendable, CustomTestStringConvertible {
        let name: String
        let type: String
        let question: String
        /// The word in the question that says that somebody wants to play, and what it says when somebody wants to publish.
        let playing, publishing: String
        /// What it says when a playback has ended; empty if the server does not tell.
        let ending: String
        var testDescription: String { name }

        static let all = [
            Server(
                name: "nginx-rtmp", type: "application/x-www-form-urlencoded",
                question: "app=live&flashver=LNX%209%2C0%2C124%2C2&swfurl=&tcurl=rtmp%3A%2F%2F127.0.0.1%2Flive&pageurl="
                    + "&addr=ADDRESS&clientid=1&call=play&name=VIDEO&start=4294965296&duration=0&reset=0&token=TOKEN",
                playing: "call=play", publishing: "call=publish", ending: "call=play_done"),
            Server(
                name: "icecast", type: "application/x-www-form-urlencoded",
                question: "action=listener_add&server=localhost&port=8000&client=12&mount=%2FVIDEO.ogg%3Ftoken%3DTOKEN"
                    + "&user=&pass=&ip=ADDRESS&agent=Lavf%2F59.27.100",
                playing: "action=listener_add", publishing: "action=stream_auth", ending: "action=listener_remove"),
            Server(
                name: "mediamtx", type: "application/json",
                question: #"{"user":"","password":"","token":"","ip":"ADDRESS","action":"read","path":"live/VIDEO","#
                    + #""protocol":"hls","id":"6d2bb1cc-5c3c-4d8e-8b0e-8c7a9a3ff7c3","query":"a=b&token=TOKEN"}"#,
                playing: #""read""#, publishing: #""publish""#, ending: ""),
            Server(
                name: "ovenmediaengine", type: "application/json",
                question:
                    #"{"client":{"address":"ADDRESS","port":29291,"real_ip":"192.0.2.99","user_agent":"Mozilla/5.0"},"#
                    + #""request":{"direction":"outgoing","protocol":"webrtc","status":"opening","#
                    + #""url":"wss://ome.example:3334/app/VIDEO?token=TOKEN","time":"2026-11-28T21:37:22.173+00:00"}}"#,
                playing: #""outgoing""#, publishing: #""incoming""#, ending: #""status":"closing""#),
            Server(
                name: "srs", type: "application/json",
                question: #"{"server_id":"vid-0xk989d","action":"on_play","client_id":"9308h583","ip":"ADDRESS","#
                    + #""vhost":"__defaultVhost__","app":"live","stream":"VIDEO","param":"?token=TOKEN","#
                    + #""pageUrl":"","tcUrl":"rtmp://127.0.0.1/live"}"#,
                playing: #""on_play""#, publishing: #""on_publish""#, ending: #""action":"on_stop""#),
        ]

        func asked(_ token: String, video: String = RunningGate.video, address: String = "192.0.2.7") -> String {
            question.replacing("TOKEN", with: token).replacing("VIDEO", with: video)
                .replacing("ADDRESS", with: address)
        }

        func ask(_ body: String, _ gate: RunningGate, account: String = "") async throws -> RawAnswer {
            // nginx-rtmp speaks HTTP/1.0.
            let version = name == "nginx-rtmp" ? "1.0" : "1.1"
            return try RawAnswer(
                await RawClient.exchange(
                    """
                    POST /admission/\(name)\(account) HTTP/\(version)\r\nHost: gate\r\nConnection: close\r\nContent-Type: \(type)\r
                    Content-Length: \(body.utf8.count)\r\n\r\n\(body)
                    """, port: gate.port))
        }

        /// Whether an answer lets the viewer in, by what this server looks at.
        func isAllowed(_ answer: RawAnswer) -> Bool {
            switch name {
            case "icecast": answer["icecast-auth-user"] == "1"
            case "ovenmediaengine": answer.status == 200 && answer.text.contains(#""allowed":true"#)
            case "srs": answer.status == 200 && answer.text == "0"
            default: answer.status == 200
            }
        }
    }

    @Test("a good token lets its viewer in, for as long as it is good", arguments: Server.all)
    func allowed(_ server: Server) async throws {
        try await RunningGate.run { gate in
            let answer = try await server.ask(server.asked(gate.token(expires: .milliseconds(90_500))), gate)
            #expect(answer.status == 200 && server.isAllowed(answer))
            switch server.name {
            case "icecast": #expect(answer["icecast-auth-timelimit"] == "90")
            case "ovenmediaengine": #expect(answer.text == #"{"allowed":true,"lifetime":90000}"#)
            default: break
            }
        }
    }

    @Test("a token lets nobody into what is another account's", arguments: Server.all)
    func account(_ server: Server) async throws {
        try await RunningGate.run { gate in
            let question = server.asked(try gate.token())
            #expect(try await server.isAllowed(server.ask(question, gate, account: "/\(RunningGate.account)")))
            for other in ["/other", "/\(RunningGate.account)x"] {
                let answer = try await server.ask(question, gate, account: other)
                #expect(!server.isAllowed(answer), "\(other)")
            }
        }
    }

    @Test("any other is refused, with the reason where the server passes one on", arguments: Server.all)
    func refused(_ server: Server) async throws {
        try await RunningGate.run { gate in
            let good = try gate.token()
            let gb: [AccessRule] = [.allow(.addresses(try IPNetwork("192.0.2.0/24"))), .block(.any)]
            let cases: [(String, String)] = [
                ("expired", server.asked(try gate.token(expires: .seconds(-1)))),
                ("token_missing", server.asked("")), ("token_malformed", server.asked("x.y.z")),
                ("video_mismatch", server.asked(good, video: "other")),
                ("video_mismatch", server.asked(good, video: "no%20id")),
                ("blocked_by_rule", server.asked(try gate.token(rules: gb), address: "198.51.100.1")),
                ("address_unknown", server.asked(try gate.token(rules: gb), address: "nonsense")),
            ]
            for (code, question) in cases {
                let answer = try await server.ask(question, gate)
                #expect(!server.isAllowed(answer), "\(code)")
                switch server.name {
                case "icecast": #expect(answer["icecast-auth-message"] == code)
                case "ovenmediaengine": #expect(answer.status == 200 && answer.text.contains(#""reason":"\#(code): "#))
                default: #expect(answer.denial == code && [401, 403].contains(answer.status))
                }
            }
            let rules = try await server.ask(server.asked(try gate.token(rules: gb)), gate)
            #expect(server.isAllowed(rules), "the address is the one in the question")
            gate.ring.revoke(try SigningKey.testKey.id, of: RunningGate.account)
            #expect(try await !server.isAllowed(server.ask(server.asked(good), gate)))
        }
    }

    @Test("nobody may publish, by whatever token", arguments: Server.all)
    func publishing(_ server: Server) async throws {
        try await RunningGate.run { gate in
            let question = server.asked(try gate.token()).replacing(server.playing, with: server.publishing)
            let answer = try await server.ask(question, gate)
            #expect(!server.isAllowed(answer))
            let unheardOf = server.asked(try gate.token()).replacing(server.playing, with: server.playing + "2")
            if server.name != "ovenmediaengine" { #expect(try await !server.isAllowed(server.ask(unheardOf, gate))) }
        }
    }

    @Test("the end of a playback is noted")
    func notices() async throws {
        try await RunningGate.run { gate in
            for server in Server.all where !server.ending.isEmpty {
                let playing = server.name == "ovenmediaengine" ? #""status":"opening""# : server.playing
                let word = server.name == "srs" ? #""action":"on_play""# : playing
                let answer = try await server.ask(server.asked("x").replacing(word, with: server.ending), gate)
                #expect(answer.status == 200, "\(server.name)")
                if server.name == "ovenmediaengine" { #expect(answer.text == "{}") }
            }
        }
    }

    @Test("nginx-rtmp's publishers go on: its question about those who play is asked about them too")
    func publishersGoOn() async throws {
        let server = try #require(Server.all.first { $0.name == "nginx-rtmp" })
        try await RunningGate.run { gate in
            for (call, status) in [("update_publish", 200), ("update_play", 401), ("publish", 403), ("update", 403)] {
                let question = server.asked("").replacing("call=play", with: "call=\(call)")
                let answer = try await server.ask(question, gate)
                #expect(answer.status == status, "\(call)")
            }
        }
    }

    @Test("the token may stand in place of the stream's name", arguments: Server.all)
    func streamName(_ server: Server) async throws {
        try await RunningGate.run { gate in
            let (token, other) = (try gate.token(), try gate.token(downloadable: true))
            #expect(try await server.isAllowed(server.ask(server.asked("", video: token), gate)))
            #expect(try await server.isAllowed(server.ask(server.asked(token, video: token), gate)))
            let two = try await server.ask(server.asked(other, video: token), gate)
            #expect(!server.isAllowed(two) && String(decoding: two.body, as: UTF8.self).contains("token_malformed"))
        }
    }

    @Test("what is not a question of that server is refused", arguments: Server.all)
    func unreadable(_ server: Server) async throws {
        try await RunningGate.run { gate in
            let good = server.asked(try gate.token())
            let isForm = server.type.hasSuffix("urlencoded")
            var bodies = ["", "{", "[]", "null", "\u{0}", "{}", #"{"action":7}"#, "call", "action=&action="]
            if isForm {
                bodies += [good + "&" + server.playing, good + "&name=a&mount=b", good + "&addr=a&ip=b"]
            } else {
                bodies += [
                    good + good, String(good.dropLast()), good.replacing("{", with: #"{"action":"read","action":1,"#),
                ]
            }
            for body in bodies {
                let answer = try await server.ask(body, gate)
                #expect(!server.isAllowed(answer) && [400, 403].contains(answer.status), "\(body.prefix(40))")
            }
            let long = String(repeating: " ", count: 64 * 1024 + 1)
            #expect(try await server.ask(long, gate).status == 413)
        }
    }

    @Test("an address that a proxy names counts behind a trusted proxy alone")
    func forwarded() async throws {
        let server = try #require(Server.all.first { $0.name == "ovenmediaengine" })
        try await RunningGate.run { gate in
            let rules: [AccessRule] = [.allow(.addresses(try IPNetwork("192.0.2.99"))), .block(.any)]
            let token = try gate.token(rules: rules)
            #expect(try await server.isAllowed(server.ask(server.asked(token, address: "127.0.0.1"), gate)))
            #expect(try await !server.isAllowed(server.ask(server.asked(token), gate)))
        }
    }

    @Test("MediaMTX's own places for a token are read too")
    func mediaMTX() async throws {
        let server = try #require(Server.all.first { $0.name == "mediamtx" })
        try await RunningGate.run { gate in
            let token = try gate.token()
            for name in ["token", "password"] {
                let question = server.asked("").replacing("\"\(name)\":\"\"", with: "\"\(name)\":\"\(token)\"")
                #expect(try await server.isAllowed(server.ask(question, gate)), "\(name)")
                let two = server.asked("x.y.z").replacing("\"\(name)\":\"\"", with: "\"\(name)\":\"\(token)\"")
                #expect(try await server.ask(two, gate).denial == "token_malformed")
            }
        }
    }

    @Test("OvenMediaEngine's playlists are of the stream before them")
    func playlist() async throws {
        let server = try #require(Server.all.first { $0.name == "ovenmediaengine" })
        try await RunningGate.run { gate in
            let question = server.asked(try gate.token())
            for url in ["/llhls.m3u8?", "/master.m3u8?x&"] {
                #expect(try await server.isAllowed(server.ask(question.replacing("?token", with: "\(url)token"), gate)))
            }
        }
    }

    @Test("only trusted servers that are known may ask, and with POST")
    func askers() async throws {
        try await RunningGate.run { gate in
            let read = try await gate.get("/admission/srs")
            #expect(read.status == 405 && read["allow"] == "POST")
            let options = try await gate.get("/admission/srs", method: "OPTIONS")
            #expect(options.status == 405)
            for path in [
                "/admission", "/admission/", "/admission/red5", "/admission/srs/", "/admission/srs/x/y",
                "/admission/SRS",
            ] {
                let answer = try await gate.get(path, method: "POST")
                #expect(answer.status == 404, "\(path)")
            }
        }
        try await RunningGate.run {
            $0.trustedProxies = []
        } body: { gate in
            let server = Server.all[4]
            let answer = try await server.ask(server.asked(gate.token()), gate)
            #expect(answer.status == 403)
        }
    }
}
