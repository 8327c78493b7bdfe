import StreamSigning
import Testing

@Suite("streamsign remote")
struct RemoteCommandTests {
    @Test("list, as lines and as JSON")
    func list() async throws {
        let keys =
            #"[{"id":"a1","key_id":"a1","created":"2026-01-01T00:00:00.5Z"},{"id":"b2","created":"2026-01-02T00:00:00Z"}]"#
        try await RemoteProgram.run([.result(keys), .result(keys), .result("null")]) { streamsign, _ in
            let lines = try await streamsign("remote", "list")
            #expect(
                lines.stdout == """
                    a1  2026-01-01T00:00:00.500Z  -  -  enabled  -
                    b2  2026-01-02T00:00:00Z      -  -  enabled  -

                    """)
            let json = try await streamsign("remote", "list", "--json")
            #expect(
                json.stdout
                    == #"[{"id":"a1","created":"2026-01-01T00:00:00.500Z","service_key":false,"enabled":true},"#
                    + #"{"id":"b2","created":"2026-01-02T00:00:00Z","service_key":false,"enabled":true}]"# + "\n")
            let none = try await streamsign("remote", "list")
            #expect(none.stdout == "" && none.stderr == "" && none.status == 0)
        }
    }

    @Test("delete, and what the service says against it")
    func delete() async throws {
        let key = Reply.result(#"{"id":"a1","created":"2026-01-01T00:00:00Z"}"#)
        try await RemoteProgram.run([key, .result(#""Revoked""#), .notFound, .notFound]) { streamsign, _ in
            let deleted = try await streamsign("remote", "delete", "a1")
            #expect(deleted.status == 0 && deleted.stdout == "")
            #expect(deleted.stderr.hasPrefix("streamsign: deleted key a1"))
            let again = try await streamsign("remote", "delete", "a1")
            #expect(again.status == 3)
            #expect(
                again.stderr.hasPrefix("streamsign: the account has no key a1: api: 10003: Not Found (status 404)\n"))
        }
    }

    @Test("delete and enable wait for every node if they are to, and enable takes a duration")
    func waiting() async throws {
        let key = #"{"id":"a1","created":"2026-01-01T00:00:00Z","enabled":true}"#
        let replies: [Reply] = [.result(key), .result(#""Revoked""#), .result(key), .result(key), .result(key)]
        try await RemoteProgram.run(replies) { streamsign, server in
            #expect(try await streamsign("remote", "delete", "a1", "--wait").status == 0)
            #expect(try await streamsign("remote", "enable", "a1", "--wait", "--expires", "never").status == 0)
            #expect(try await streamsign("remote", "enable", "a1", "--expires", "30d").status == 0)
            #expect(try await streamsign("remote", "enable", "a1").status == 0)
            #expect(try await streamsign("remote", "enable", "a1", "--expires", "soon").status == 2)
            let changes = server.requests.filter { $0.method != "GET" }
            #expect(changes.map(\.path).map { $0.hasSuffix("?wait=nodes") } == [true, true, false, false])
            let bodies = changes.map(\.body)
            #expect(bodies[1] == #"{"enabled":true,"expires":null}"# && bodies[3] == #"{"enabled":true}"#)
            #expect(bodies[2].hasPrefix(#"{"enabled":true,"expires":"20"#), "\(bodies[2])")
            let cloudflare = ["STREAMSIGN_ACCOUNT": "a", "STREAMSIGN_API_TOKEN": "t"]
            let program = RemoteProgram(folder: streamsign.folder, environment: cloudflare)
            let refused = try await program("remote", "delete", "a1", "--wait")
            #expect(refused.status == 3 && refused.stderr.contains("unsupported: "))
        }
    }

    @Test("token, with the service's defaults or with terms, and with a key only if the command line says so")
    func token() async throws {
        let replies = Array(repeating: Reply.result(#"{"token":"a.b.c"}"#), count: 4)
        try await RemoteProgram.run(replies) { program, server in
            var streamsign = program
            try streamsign.write(ClientFixture.createdResult(), to: "key.json")
            streamsign.environment["STREAMSIGN_KEY_FILE"] = "key.json"
            #expect(try await streamsign("remote", "token", "ea95132c").stdout == "a.b.c\n")
            #expect(
                try await streamsign(
                    "remote", "token", "ea95132c", "--expires-at", "4000000000", "--allow-country", "GB",
                    "--block-any"
                ).status == 0)
            #expect(try await streamsign("remote", "token", "ea95132c", "--key", "key.json").status == 0)
            #expect(
                try await streamsign(
                    "remote", "token", "ea95132c", "--id", "auto", "--viewer", "u-17", "--play-for", "3h"
                ).status == 0)
            #expect(try await streamsign("remote", "token", "ea95132c", "--play-for", "59s").status == 2)
            let bodies = server.requests.map(\.body)
            #expect(bodies[0] == "{}")
            #expect(
                bodies[1] == """
                    {"exp":4000000000,"accessRules":[{"type":"ip.geoip.country","action":"allow","country":["GB"]},\
                    {"type":"any","action":"block"}]}
                    """)
            #expect(bodies[2].hasPrefix(#"{"id":"5213cfa121f70b8c1380686ffc371ba3","pem":"LS0t"#))
            #expect(bodies.dropFirst(3) == [#"{"jti":"auto","viewer":"u-17","playFor":10800}"#])
        }
    }

    @Test("import sends the public half of a private key and writes the id")
    func importing() async throws {
        let item = #"{"id":"5213cfa121f70b8c1380686ffc371ba3","created":"2026-01-01T00:00:00Z"}"#
        try await RemoteProgram.run([.result(item)]) { streamsign, server in
            try streamsign.write(ClientFixture.createdResult(), to: "key.json")
            let ended = try await streamsign("remote", "import", "key.json")
            #expect(ended.stdout == "5213cfa121f70b8c1380686ffc371ba3\n")
            #expect(server.requests.first?.body.contains(#"\"d\""#) == false)
            var cloudflare = streamsign
            cloudflare.environment["STREAMSIGN_API_URL"] = nil
            let refused = try await cloudflare("remote", "import", "key.json")
            #expect(refused.status == 3)
            #expect(
                refused.stderr == "streamsign: unsupported: Cloudflare Stream imports no keys; it makes its own\n")
        }
    }

    @Test("A flag wins over the environment, and a token file that others may read is noted")
    func options() async throws {
        try await RemoteProgram.run([.result("null"), .result("null")]) { streamsign, server in
            try streamsign.write("from-file\n", to: "token", mode: 0o644)
            let ended = try await streamsign("remote", "list", "--account", "other", "--api-token-file", "token")
            #expect(ended.status == 0)
            #expect(ended.stderr.contains("token is open to others on this machine"))
            #expect(server.requests.first?.path == "/client/v4/accounts/other/stream/keys")
            #expect(server.requests.first?.headers["authorization"] == "Bearer from-file")
            try streamsign.write("from-file", to: "closed")
            #expect(try await streamsign("remote", "list", "--api-token-file", "closed").stderr == "")
        }
    }

    @Test("What cannot be used names the option or the variable, and a URL that is too short is suspected")
    func arguments() async throws {
        let nowhere = Reply.error(400, 7003, "Could not route to /accounts/a/stream/keys")
        try await RemoteProgram.run([nowhere]) { program, server in
            let option = try await program("remote", "list", "--api-url", "api.example")
            #expect(option.status == 2)
            #expect(option.stderr.hasPrefix("streamsign: --api-url: not the URL of an HTTP service"))
            let account = try await program("remote", "list", "--account", "a b")
            #expect(account.status == 2 && account.stderr.hasPrefix("streamsign: --account: an account has 1 to 64"))
            var streamsign = program
            streamsign.environment["STREAMSIGN_API_URL"] = "ftp://user:geheim@api.example"
            let variable = try await streamsign("remote", "list")
            #expect(variable.status == 2 && variable.stderr.hasPrefix("streamsign: STREAMSIGN_API_URL: not the URL"))
            #expect(!variable.stderr.contains("geheim"))
            let short = try await program("remote", "list")
            #expect(short.status == 3 && short.stderr.contains("note: is the API's URL complete, with /client/v4"))
            #expect(server.requests.count == 1)
        }
    }

    @Test("What is missing is wrong usage, what cannot be used is not")
    func usage() async throws {
        try await RemoteProgram.run([]) { program, server in
            for name in ["STREAMSIGN_ACCOUNT", "STREAMSIGN_API_TOKEN"] {
                var streamsign = program
                streamsign.environment[name] = nil
                let ended = try await streamsign("remote", "list")
                #expect(ended.status == 64)
                #expect(ended.stderr.contains(name))
            }
            #expect(try await program("remote", "list", "--account", "a/b").status == 2)
            #expect(try await program("remote", "list", "--api-url", "nonsense").status == 2)
            #expect(try await program("remote", "list", "--api-token-file", "nowhere").status == 2)
            #expect(try await program("remote", "token", "a/b").status == 2)
            #expect(try await program("remote", "delete").status == 64)
            #expect(try await program("remote", "import", "-", "--api-token-file", "-").status == 64)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("A service that is not there")
    func unreachable() async throws {
        try await RemoteProgram.run([]) { streamsign, _ in
            let ended = try await streamsign("remote", "create", "--api-url", "http://127.0.0.1:\(unusedPort)")
            #expect(ended.status == 3)
            #expect(ended.stderr.contains("connection refused (http://127.0.0.1:"))
        }
    }
}
