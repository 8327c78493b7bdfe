import StreamSigning
import StreamSigningClient
import Testing

@Suite("Client: through a proxy")
struct ProxiedRequestTests {
    /// Asks a service that only the proxy may reach.
    private func ask(
        through proxy: String, for url: String = "https://service.example/jwks.json"
    ) async throws -> ClientError? {
        var connections = OutboundConnections()
        connections.proxies.encrypted = try HTTPProxy(proxy)
        let download = try KeySetDownload(
            url: url, timeout: .seconds(600), connections: connections)
        return try await failure { try await download.contents() }
    }

    @Test("The proxy is asked to connect, and shown the name and the password")
    func connect() async throws {
        try await ScriptedServer.run([Reply(403, "no")]) { server, url in
            let port = try #require(url.split(separator: ":").last?.prefix { $0 != "/" })
            let error = try await ask(through: "http://me:ge%20heim@127.0.0.1:\(port)")
            #expect(error?.code == .connection)
            #expect(error?.reason.hasPrefix("the proxy 127.0.0.1:\(port) does not connect to the service: ") == true)
            let request = try #require(server.requests.first)
            #expect(request.method == "CONNECT" && request.path == "service.example:443")
            #expect(request.headers["proxy-authorization"] == "Basic bWU6Z2UgaGVpbQ==")
        }
    }

    @Test("A proxy that wants another name and password is not asked again, and the error does not show them")
    func refused() async throws {
        try await ScriptedServer.run([Reply(407, "who?")]) { server, url in
            let port = try #require(url.split(separator: ":").last?.prefix { $0 != "/" })
            let error = try await ask(through: "http://me:geheim@127.0.0.1:\(port)")
            #expect(
                error?.reason
                    == "the proxy 127.0.0.1:\(port) wants another name and password: http://NAME:PASSWORD@HOST:PORT")
            #expect(server.requests.count == 1 && error?.attempts == 1)
        }
    }

    @Test(
        "A service with TLS that is named by its address is not asked: whose certificate it has could not be checked",
        arguments: ["192.0.2.7", "[2001:db8::7]"])
    func address(_ host: String) async throws {
        try await ScriptedServer.run([]) { server, url in
            let port = try #require(url.split(separator: ":").last?.prefix { $0 != "/" })
            let error = try await ask(through: "127.0.0.1:\(port)", for: "https://\(host)/jwks.json")
            #expect(error?.code == .invalidArgument)
            #expect(error?.reason.contains("give the service's name, or list the address in NO_PROXY") == true)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("A proxy that is not there is what the error is about")
    func unreachable() async throws {
        let error = try await ask(through: "127.0.0.1:\(unusedPort)")
        #expect(error?.reason == "the proxy 127.0.0.1:\(unusedPort): connection refused")
    }

    @Test("The command line takes proxies from the environment, and shows none of their passwords")
    func commandLine() async throws {
        try await RemoteProgram.run([Reply(407, "who?"), Reply(407, "who?")]) { program, server in
            let url = try #require(program.environment["STREAMSIGN_API_URL"])
            let port = try #require(url.split(separator: ":").last?.prefix { $0 != "/" })
            var streamsign = program
            streamsign.environment["STREAMSIGN_API_URL"] = "https://service.example/client/v4"
            streamsign.environment["HTTPS_PROXY"] = "http://me:geheim@127.0.0.1:\(port)"
            let listed = try await streamsign("remote", "list")
            let verified = try await streamsign("verify", "a.b.c", "--keys", "https://service.example/jwks.json")
            for ended in [listed, verified] {
                #expect(ended.status == 3)
                #expect(ended.stderr.contains("the proxy 127.0.0.1:\(port) wants another name and password"))
                #expect(!ended.stderr.contains("geheim"))
            }
            #expect(server.requests.map(\.method) == ["CONNECT", "CONNECT"])
            streamsign.environment["NO_PROXY"] = "service.example"
            streamsign.environment["HTTPS_PROXY"] = "ftp://me:geheim@127.0.0.1"
            let unusable = try await streamsign("remote", "list")
            #expect(unusable.status == 2)
            #expect(
                unusable.stderr
                    == "streamsign: HTTPS_PROXY: only proxies that are asked over HTTP are supported: http://HOST:PORT\n"
            )
        }
    }

    @Test("A file that holds no authorities is named", arguments: ["--ca-file", "SSL_CERT_FILE"])
    func authorities(_ source: String) async throws {
        try await RemoteProgram.run([]) { program, _ in
            var streamsign = program
            try streamsign.write("no certificate", to: "ca.pem")
            for name in ["ca.pem", "none.pem"] {
                var arguments = ["remote", "list"]
                if source == "--ca-file" {
                    arguments += ["--ca-file", name]
                } else {
                    streamsign.environment["SSL_CERT_FILE"] = name
                }
                let ended = try await streamsign.run(arguments)
                #expect(ended.status == 2)
                #expect(ended.stderr == "streamsign: \(name): no PEM file with certificates that can be read\n")
            }
        }
    }
}
