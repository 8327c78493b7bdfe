import StreamSigning
import Testing

@Suite("streamsign remote: keys that are gone, have expired, or are the service's own")
struct RemoteKeyStateTests {
    @Test(
        "What is not found is named, with the command that shows what there is",
        arguments: [
            (["delete", "a1"], "key a1", "remote list"), (["disable", "a1"], "key a1", "remote list"),
            (["enable", "a1"], "key a1", "remote list"), (["rename", "a1", "b"], "key a1", "remote list"),
            (["delete", "a1", "--unused-for", "1d"], "key a1", "remote list"),
            (["restore", SampleRevocation().id], "revocation \(SampleRevocation().id)", "remote revocations"),
        ])
    func missing(_ arguments: [String], _ subject: String, _ command: String) async throws {
        try await RemoteProgram.run([.notFound, .notFound]) { streamsign, _ in
            let ended = try await streamsign.run(["remote"] + arguments)
            #expect(ended.status == 3 && ended.stdout == "")
            #expect(ended.stderr.hasPrefix("streamsign: the account has no \(subject)"), "\(ended.stderr)")
            #expect(ended.stderr.contains("10003") && ended.stderr.contains("'streamsign \(command)'"))
        }
    }

    @Test("A key that has expired is called that in the list, and enable says what it takes")
    func expired() async throws {
        let keys = #"""
            [{"id":"a1","created":"2026-01-01T00:00:00Z","enabled":false,"expires":"2026-01-02T00:00:00Z"},\#
            {"id":"b2","created":"2026-01-01T00:00:00Z","enabled":false,"expires":"9026-01-02T00:00:00Z"},\#
            {"id":"c3","created":"2026-01-01T00:00:00Z","enabled":true,"expires":"9026-01-02T00:00:00Z"},\#
            {"id":"d4","created":"2026-01-01T00:00:00Z","enabled":false,"expires":null}]
            """#
        let refusal = Reply(
            400,
            #"{"success":false,"errors":[{"code":10005,"message":"it has expired","source":{"pointer":"/expires"}}]}"#)
        try await RemoteProgram.run([.result(keys), refusal, refusal]) { streamsign, _ in
            let listed = try await streamsign("remote", "list")
            let states = listed.stdout.split(separator: "\n").map { $0.split(separator: " ")[4] }
            #expect(states == ["expired", "disabled", "until", "disabled"])
            let enabled = try await streamsign("remote", "enable", "a1")
            #expect(enabled.status == 3 && enabled.stderr.contains("it has expired"))
            #expect(enabled.stderr.contains("--expires") && enabled.stderr.contains("'never'"), "\(enabled.stderr)")
            let late = try await streamsign("remote", "enable", "a1", "--expires", "1")
            #expect(late.status == 3 && !late.stderr.contains("'never'"), "it was given")
        }
    }

    private static func key(isOwn: Bool, expires: String? = nil) -> Reply {
        let expires = expires.map { #","expires":"\#($0)""# } ?? ""
        return .result(#"{"id":"a1","created":"2026-01-01T00:00:00Z","service_key":\#(isOwn)\#(expires)}"#)
    }

    @Test("delete says what has ended with a key of the service's own, and of no other", arguments: [true, false])
    func deletedServiceKey(_ isOwn: Bool) async throws {
        let replies = [Self.key(isOwn: isOwn), .result(#""Revoked""#)]
        try await RemoteProgram.run(replies + replies) { streamsign, _ in
            for arguments in [["a1"], ["a1", "--unused-for", "1d"]] {
                let ended = try await streamsign.run(["remote", "delete"] + arguments)
                let lines = ended.stderr.split(separator: "\n")
                #expect(ended.status == 0 && lines.count == (isOwn ? 2 : 1), "\(ended.stderr)")
                #expect(lines[0].hasPrefix("streamsign: deleted key a1"))
                #expect(lines.dropFirst().allSatisfy { $0.contains("the service's own keys: the tokens and sessions") })
            }
        }
    }

    @Test("delete says nothing of an end if the key is not deleted")
    func keptServiceKey() async throws {
        let refusals = [Reply.error(409, 20012, "it was used"), .error(403, 9109, "no")]
        for refusal in refusals {
            try await RemoteProgram.run([Self.key(isOwn: true), refusal]) { streamsign, _ in
                let ended = try await streamsign("remote", "delete", "a1", "--unused-for", "1d")
                #expect(ended.status == 3 && !ended.stderr.contains("sessions"), "\(ended.stderr)")
            }
        }
    }

    @Test("disable and enable say when the service would sign nothing, of its own keys", arguments: [true, false])
    func idleServiceKey(_ isOwn: Bool) async throws {
        let (key, ending) = (Self.key(isOwn: isOwn), Self.key(isOwn: isOwn, expires: "9026-01-02T00:00:00Z"))
        try await RemoteProgram.run([key, ending, key]) { streamsign, _ in
            for (arguments, words) in [
                (["disable", "a1"], "while it is the one that the service signs with"),
                (["enable", "a1", "--expires", "9026-01-02T00:00:00Z"], "signs with at 9026-01-02T00:00:00Z"),
            ] {
                let ended = try await streamsign.run(["remote"] + arguments)
                #expect(ended.status == 0 && ended.stderr.contains("the service's own keys") == isOwn)
                #expect(ended.stderr.contains(words) == isOwn, "\(ended.stderr)")
            }
            let enabled = try await streamsign("remote", "enable", "a1", "--expires", "never")
            #expect(enabled.stderr == "streamsign: enabled key a1\n", "it goes on signing")
        }
    }
}
