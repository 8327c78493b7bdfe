import StreamSigning
import StreamSigningTesting
import Testing

@testable import StreamSigningGate

@Suite("Forward authorization")
struct AuthorizationTests {
    @Test("tells a proxy who may play what")
    func allowed() async throws {
        try await RunningGate.run { gate in
            let target = "/\(try gate.token())/manifest/video.m3u8?a=b"
            let answer = try await gate.get("/authorize", [("X-Original-URI", target)])
            #expect(answer.status == 200 && answer.body.isEmpty && answer["content-length"] == "0")
            #expect(answer["x-stream-signing-account"] == "acct")
            #expect(answer["x-stream-signing-video"] == RunningGate.video)
            let keyID = try SigningKey.testKey.id.rawValue
            #expect(answer["x-stream-signing-key"] == keyID)
            #expect(answer["x-stream-signing-expires"] == "\((gate.clock.now + .seconds(3600)).seconds)")
        }
    }

    @Test("tells a proxy why not")
    func refused() async throws {
        try await RunningGate.run { gate in
            let rules: [AccessRule] = [.allow(.countries(.gb)), .block(.any)]
            let token = try gate.token(rules: rules)
            let cases: [(fields: [(String, String)], status: Int, code: String?)] = [
                ([("X-Original-URI", "/\(token)/a.ts"), ("CF-IPCountry", "GB")], 200, nil),
                ([("X-Original-URI", "/\(token)/a.ts"), ("CF-IPCountry", "FR")], 403, "blocked_by_rule"),
                ([("X-Original-URI", "/\(token)/a.ts")], 403, "country_unknown"),
                ([("X-Original-URI", "/\(RunningGate.video)/a.ts")], 401, "token_missing"),
                ([("X-Original-URI", "/x.y.z/a.ts")], 401, "token_malformed"),
                (
                    [("X-Original-URI", "/\(token)/downloads/a.mp4"), ("CF-IPCountry", "GB")], 403,
                    "download_not_allowed"
                ),
                ([("X-Original-URI", "/\(token)/a/../b.ts"), ("CF-IPCountry", "GB")], 403, nil),
                ([("X-Original-URI", "/\(token)/%2e%2e/b.ts"), ("CF-IPCountry", "GB")], 403, nil),
                ([], 400, nil), ([("X-Original-URI", "nonsense")], 400, nil),
                ([("X-Forwarded-Uri", "/\(token)/a.ts"), ("CF-IPCountry", "GB")], 400, nil),
                // The second is what the client sent along.
                ([("X-Original-URI", "/x/a.ts"), ("X-Original-URI", "/\(token)/a.ts")], 400, nil),
            ]
            for (fields, status, code) in cases {
                let answer = try await gate.get("/authorize", fields)
                #expect(answer.status == status && answer.denial == code, "\(fields.dropFirst())")
                // nginx drops the body.
                let reason = answer["x-stream-signing-reason"].map { "\(code ?? ""): \($0)\n" }
                #expect(reason == (code == nil ? nil : answer.text))
            }
        }
    }

    @Test("takes the field that is configured")
    func configured() async throws {
        try await RunningGate.run {
            $0.originalURIHeader = "X-Forwarded-Uri"
        } body: { gate in
            let target = "/\(try gate.token())/a.ts"
            #expect(try await gate.get("/authorize", [("X-Forwarded-Uri", target)]).status == 200)
            #expect(try await gate.get("/authorize", [("X-Original-URI", target)]).status == 400)
        }
    }

    @Test("is for trusted proxies alone, and so are their fields")
    func stranger() async throws {
        try await RunningGate.run {
            $0.trustedProxies = []
        } body: { gate in
            try gate.put("a.ts", [1])
            let token = try gate.token(rules: [
                .allow(.countries(.gb)), .allow(.addresses(IPNetwork("192.0.2.1"))), .block(.any),
            ])
            let said = [("CF-IPCountry", "GB"), ("X-Forwarded-For", "192.0.2.1")]
            #expect(try await gate.get("/authorize", [("X-Original-URI", "/\(token)/a.ts")]).status == 403)
            #expect(try await gate.get("/\(token)/a.ts", said).denial == "country_unknown")
            let local = try gate.token(rules: [.allow(.addresses(IPNetwork("127.0.0.1"))), .block(.any)])
            #expect(try await gate.get("/\(local)/a.ts", said).status == 200)
        }
    }

    @Test(
        "answers every method as GET, with the path in a field or in its own",
        arguments: ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "PROPFIND"])
    func methods(_ method: String) async throws {
        try await RunningGate.run { gate in
            let target = "/\(try gate.token())/manifest/video.m3u8?a=b"
            for (path, fields) in [("/authorize", [("X-Original-URI", target)]), ("/authorize" + target, [])] {
                let answer = try await gate.get(path, method: method, fields)
                #expect(answer.status == 200 && answer.body.isEmpty && answer["x-stream-signing-account"] == "acct")
            }
            let refused = try await gate.get("/authorize/x.y.z/a.ts", method: method)
            #expect(refused.status == 401 && refused.denial == "token_malformed")
        }
    }

    @Test("takes a path of its own as the viewer's, and then no field")
    func pathForm() async throws {
        try await RunningGate.run { gate in
            let token = try gate.token()
            let good = [("X-Original-URI", "/\(token)/a.ts")]
            for (path, status, code) in [
                ("/authorize/\(token)/a.ts", 200, nil), ("http://gate/authorize/\(token)/a.ts?x=/../y", 200, nil),
                ("/authorize/", 401, "token_missing"), ("/authorize//\(token)/a.ts", 401, "token_missing"),
                ("/authorize/x/a.ts", 401, "token_malformed"),
                ("/authorize/\(RunningGate.video)/a.ts", 401, "token_missing"),
                ("/authorize/\(token)/downloads/a.mp4", 403, "download_not_allowed"),
                ("/authorize/\(token)/a/../b.ts", 403, nil), ("/authorize/\(token)/%2e%2e/b.ts", 403, nil),
                ("/authorize/authorize/\(token)/a.ts", 401, "token_malformed"),
            ] as [(String, Int, String?)] {
                let answer = try await gate.get(path, good)
                #expect(answer.status == status && answer.denial == code, "\(path.prefix(40))")
            }
        }
    }

    @Test("takes the viewer's country and address from fields in either form, and answers nobody else")
    func pathFormFields() async throws {
        let rules: [AccessRule] = [.allow(.countries(.gb)), .block(.any)]
        try await RunningGate.run { gate in
            let path = "/authorize/\(try gate.token(rules: rules))/a.ts"
            #expect(try await gate.get(path, [("CF-IPCountry", "GB")]).status == 200)
            #expect(try await gate.get(path, [("CF-IPCountry", "FR")]).denial == "blocked_by_rule")
        }
        try await RunningGate.run {
            $0.trustedProxies = []
        } body: { gate in
            let answer = try await gate.get("/authorize/\(try gate.token())/a.ts", method: "POST")
            #expect(answer.status == 403 && answer.denial == nil)
        }
    }
}
