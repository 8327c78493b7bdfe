import StreamSigning
import StreamSigningClient
import StreamSigningWire
import Testing

@Suite("Client: list")
struct ListKeysTests {
    private func list(
        _ replies: [Reply]
    ) async throws -> (keys: [KeyListItem]?, error: ClientError?, requests: [ReceivedRequest]) {
        try await ScriptedServer.run(replies) { server, url in
            let fixture = try ClientFixture(url)
            do throws(ClientError) {
                return (try await fixture.client.listKeys(), nil, server.requests)
            } catch {
                return (nil, error, server.requests)
            }
        }
    }

    @Test("No keys are null from Cloudflare, and an empty list from others", arguments: ["null", "[]"])
    func none(_ result: String) async throws {
        #expect(try await list([.result(result)]).keys == [])
    }

    @Test("Keys, with and without the id's double")
    func some() async throws {
        let (keys, _, requests) = try await list([
            .result(
                """
                [{"id":"a","created":"2014-01-02T02:20:00Z"},
                {"id":"b","key_id":"b","created":"2014-01-02T02:20:00.123456Z","label":null}]
                """)
        ])
        #expect(keys?.map(\.id.rawValue) == ["a", "b"])
        #expect(keys?.first?.created == 1_388_629_200)
        #expect(requests.map(\.method) == ["GET"])
        #expect(requests.map(\.path) == ["/client/v4/accounts/\(ClientFixture.account)/stream/keys"])
    }

    @Test(
        "A failure that time may heal is tried again",
        arguments: [
            Reply.error(500, 10001, "no"), Reply(502, "<html>", type: "text/html"), .error(503, 20008, "no"),
            .error(504, 10001, "no"), .error(408, 20006, "no"), .error(429, 20009, "no"), .closing, .halfClosing,
            .truncated(.close), .truncated(.halfClose), Reply(bytes: Array("garbage\r\n\r\n".utf8), .close),
        ])
    func repeated(_ reply: Reply) async throws {
        let (keys, error, requests) = try await list([reply, reply, .result("null")])
        #expect(keys == [], "\(error as Any)")
        #expect(requests.count == 3)
    }

    @Test("Silence is waited for once per attempt", arguments: [Reply.silence, .truncated(.silence)])
    func slow(_ reply: Reply) async throws {
        try await ScriptedServer.run([reply, .result("null")]) { server, url in
            let fixture = try ClientFixture(url, impatience: { try await server.waitForSilence() })
            let keys = try await fixture.client.listKeys()
            #expect(keys.isEmpty)
            #expect(server.requests.count == 2)
        }
    }

    @Test("The last failure is the error, with all that helps to find it")
    func exhausted() async throws {
        let reply = Reply.error(500, 10001, "broken", headers: ["CF-Ray": "8f2a1b-LHR"])
        let (_, error, requests) = try await list([reply, reply, reply, reply])
        #expect(error?.description == "api: 10001: broken (status 500, 4 attempts, request 8f2a1b-LHR)")
        #expect(requests.count == 4)
    }

    @Test(
        "A refusal is not tried again, and its reasons are told",
        arguments: [
            (Reply.error(401, 10000, "Authentication error"), "api: 10000: Authentication error (status 401)"),
            (.error(200, 10000, "no"), "api: 10000: no (status 200)"),
            (
                Reply(
                    403,
                    #"""
                    {"success":false,"errors":[{"code":10002,"message":"Authorization Failure"}],
                    "messages":[{"code":10002,"message":"Cloudflare Stream not enabled"}],"result":null}
                    """#), "api: 10002: Authorization Failure; Cloudflare Stream not enabled (status 403)"
            ),
            (
                Reply(
                    400,
                    #"{"success":false,"errors":[{"code":10005,"message":"a\nb","source":{"pointer":"/exp"}}]}"#),
                "api: 10005: a b (at /exp) (status 400)"
            ),
            (
                Reply(403, "<h1>Forbidden</h1>", type: "text/html"),
                "api: the service answered (text/html) without saying why (status 403)"
            ),
            (
                Reply(404, #"{"success":true,"result":null}"#),
                "api: the service answered (application/json) without saying why (status 404)"
            ),
        ])
    func refused(_ reply: Reply, _ description: String) async throws {
        let (_, error, requests) = try await list([reply])
        #expect(error?.description == description)
        #expect(requests.count == 1)
    }

    @Test("A redirect is not followed: the credential goes nowhere else")
    func redirect() async throws {
        let (_, error, requests) = try await list([
            Reply(301, "", headers: ["Location": "http://127.0.0.1:1/elsewhere"])
        ])
        #expect(error?.description.contains("redirects to http://127.0.0.1:1/elsewhere") == true)
        #expect(requests.count == 1)
    }

    @Test(
        "What is not the API's answer is not taken for one",
        arguments: [
            #"{"success":true}"#, #"{"success":true,"success":true,"result":null}"#,
            #"{"success":"true","result":null}"#,
            #"{"success":true,"result":{}}"#, #"{"success":true,"result":[{"id":"a"}]}"#,
            #"{"success":true,"result":[{"id":1,"created":"2014-01-02T02:20:00Z"}]}"#,
            #"{"success":true,"result":[{"id":"","created":"2014-01-02T02:20:00Z"}]}"#,
            #"{"success":true,"result":[{"id":"a","created":"yesterday"}]}"#,
            #"{"success":true,"result":null} x"#, "", "null", "<html>",
        ])
    func malformed(_ body: String) async throws {
        let (_, error, requests) = try await list([Reply(200, body)])
        #expect(error?.code == .malformedAnswer)
        #expect(error?.unreadAnswer == nil)
        #expect(requests.count == 1)
    }

    @Test("More than 8 MiB are not read, announced or not")
    func huge() async throws {
        let body = #"{"success":true,"result":null,"x":"\#(String(repeating: "x", count: 9 << 20))"}"#
        let unannounced = Reply(bytes: Array("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n\(body)".utf8), .close)
        for reply in [Reply(200, body), unannounced] {
            let (_, error, requests) = try await list([reply])
            #expect(error?.description.hasPrefix("too_large: the answer has more than 8 MiB (http://") == true)
            #expect(requests.count == 1)
        }
    }
}
