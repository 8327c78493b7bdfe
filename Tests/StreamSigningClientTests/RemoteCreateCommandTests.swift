import StreamSigning
import Testing

@Suite("streamsign remote create")
struct RemoteCreateCommandTests {
    @Test("The material goes to a file that only its owner may read, and nowhere else")
    func file() async throws {
        let result = try ClientFixture.createdResult()
        try await RemoteProgram.run([.result(result)]) { streamsign, server in
            let ended = try await streamsign("remote", "create", "--out", "key.json")
            #expect(ended.status == 0)
            #expect(ended.stdout == "")
            #expect(ended.stderr.hasPrefix("streamsign: wrote key \(try ClientFixture.key.get().id) to key.json"))
            #expect(streamsign.contents("key.json") == result + "\n")
            #expect(try streamsign.mode("key.json") == 0o600)
            #expect(!ended.stderr.contains("LS0t"))
            #expect(server.requests.count == 1)
        }
    }

    @Test("Without a file it is what stdout holds, and nothing else")
    func stdout() async throws {
        let result = try ClientFixture.createdResult()
        try await RemoteProgram.run([.result(result)]) { streamsign, _ in
            let ended = try await streamsign("remote", "create")
            #expect(ended.status == 0)
            #expect(ended.stdout == result + "\n")
            #expect(ended.stderr == "")
        }
    }

    @Test("A name that is taken, or a folder that is not there, costs no key")
    func taken() async throws {
        try await RemoteProgram.run([]) { streamsign, server in
            try streamsign.write("mine", to: "key.json")
            let ended = try await streamsign("remote", "create", "--out", "key.json")
            #expect(ended.status == 2)
            #expect(ended.stderr.contains("already exists"))
            #expect(streamsign.contents("key.json") == "mine")
            #expect(try await streamsign("remote", "create", "--out", "nowhere/key.json").status == 2)
            #expect(server.requests.isEmpty)
        }
    }

    @Test("With --force the old file goes only when the new one is whole")
    func force() async throws {
        let result = try ClientFixture.createdResult()
        try await RemoteProgram.run([.error(500, 10001, "no"), .result(result)]) { streamsign, _ in
            try streamsign.write("mine", to: "key.json", mode: 0o644)
            #expect(try await streamsign("remote", "create", "--out", "key.json", "--force").status == 3)
            #expect(streamsign.contents("key.json") == "mine")
            #expect(try await streamsign("remote", "create", "--out", "key.json", "--force").status == 0)
            #expect(streamsign.contents("key.json") == result + "\n")
            #expect(try streamsign.mode("key.json") == 0o600)
            #expect(try await streamsign.shell("ls -A | wc -l").stdout.contains("1"))
        }
    }

    @Test("A file that cannot be written in the end does not lose the key")
    func fullDisk() async throws {
        let result = try ClientFixture.createdResult()
        try await RemoteProgram.run([.result(result)]) { streamsign, _ in
            let ended = try await streamsign.shell(
                "trap '' XFSZ; ulimit -f 0; exec \"$0\" remote create --out key.json")
            #expect(ended.status == 2)
            #expect(ended.stdout == result + "\n")
            #expect(ended.stderr.contains("streamsign: key.json: file too large\n"))
            #expect(ended.stderr.contains("its private half is on standard output, and nowhere else"))
            #expect(streamsign.contents("key.json") == nil)
        }
    }

    @Test("Where nothing can be written, the key to delete is named")
    func nowhere() async throws {
        try await RemoteProgram.run([.result(try ClientFixture.createdResult())]) { streamsign, _ in
            let ended = try await streamsign.shell("exec \"$0\" remote create >/dev/full")
            #expect(ended.status == 2)
            #expect(ended.stderr.contains("streamsign remote delete \(try ClientFixture.key.get().id)"))
            #expect(!ended.stderr.contains("LS0t"))
        }
    }

    @Test("An answer that cannot be read is kept, and a refusal leaves no file")
    func failures() async throws {
        let damaged =
            #"{"success":true,"result":{"id":"a","pem":"LS0tLS1","jwk":"","created":"2026-01-01T00:00:00Z"}}"#
        let replies = [Reply(200, damaged), .error(401, 10000, "Authentication error"), .closing]
        try await RemoteProgram.run(replies) { streamsign, server in
            let unread = try await streamsign("remote", "create", "--out", "kept.json")
            #expect(unread.status == 3)
            #expect(streamsign.contents("kept.json") == damaged)
            #expect(unread.stderr.contains("streamsign: malformed_answer: "))
            #expect(!unread.stderr.contains("LS0t"))
            let refused = try await streamsign("remote", "create", "--out", "key.json")
            #expect(refused.status == 3)
            #expect(refused.stderr == "streamsign: api: 10000: Authentication error (status 401)\n")
            let broken = try await streamsign("remote", "create", "--out", "key.json")
            #expect(broken.status == 3)
            #expect(broken.stderr.contains("whether the service acted on it is not known"))
            #expect(streamsign.contents("key.json") == nil)
            #expect(server.requests.count == 3)
        }
    }
}
