import Foundation
import StreamSigning
import StreamSigningStore
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP
@testable import StreamSigningKeyRing

@Suite("The gate's HTTP")
struct GateProtocolTests {
    @Test("answers requests that come at once in their order")
    func pipelining() async throws {
        try await RunningGate.run { gate in
            for number in 0..<8 {
                try gate.put("\(number).ts", [UInt8](repeating: UInt8(ascii: "a") + UInt8(number), count: 100_000))
            }
            let token = try gate.token()
            let order = [3, 1, 7, 0, 0, 5, 2, 6, 4]
            let requests = order.map { "GET /\(token)/\($0).ts HTTP/1.1\r\nHost: a\r\n\r\n" }.joined()
            let last = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let text = String(
                decoding: try await RawClient.exchange(requests + last, port: gate.port), as: UTF8.self)
            var expected = text[...]
            for number in order {
                let body = String(
                    repeating: Character(UnicodeScalar(UInt8(ascii: "a") + UInt8(number))), count: 100_000)
                let place = try #require(expected.range(of: body), "answer \(number)")
                expected = expected[place.upperBound...]
            }
            #expect(expected.hasSuffix("\r\n\r\nok\n"))
            #expect(text.components(separatedBy: "HTTP/1.1 200 OK").count == order.count + 2)
        }
    }

    @Test("keeps a connection of HTTP/1.1 and ends one of HTTP/1.0")
    func persistence() async throws {
        try await RunningGate.run { gate in
            let old = try await RawClient.exchange("GET /healthz HTTP/1.0\r\n\r\n", port: gate.port)
            #expect(try RawAnswer(old)["connection"] == "close")
            let twice = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
            let end = "GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
            let both = String(decoding: try await RawClient.exchange(twice + end, port: gate.port), as: UTF8.self)
            #expect(both.components(separatedBy: "\r\n\r\nok\n").count == 3)
        }
    }

    static let malformed = [
        "\r\n\r\n\r\n \r\n", "GET\r\n\r\n", "GET / HTTP/1.1\r\nno colon\r\n\r\n",
        "GET / HTTP/9.9\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n", "\u{16}\u{3}\u{1}\u{0}\u{0}\u{1}\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nX: \u{0}\r\n\r\n", "G T / HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip\r\n\r\n", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n",
    ]

    @Test("refuses what is not HTTP and ends the connection", arguments: malformed)
    func noHTTP(_ request: String) async throws {
        try await RunningGate.run { gate in
            let bytes = try await RawClient.exchange(request, port: gate.port)
            let answer = try RawAnswer(bytes)
            #expect((400..<500).contains(answer.status) && answer["connection"] == "close")
            #expect(try await gate.get("/healthz").status == 200, "the next client is served")
        }
    }

    @Test("wants one Host, and a path")
    func target() async throws {
        try await RunningGate.run { gate in
            for fields in ["", "Host: a\r\nHost: b\r\n"] {
                let request = "GET /healthz HTTP/1.1\r\nConnection: close\r\n\(fields)\r\n"
                let answer = try RawAnswer(await RawClient.exchange(request, port: gate.port))
                #expect(answer.status == 400)
            }
            #expect(try await gate.get("http://gate.example/healthz").status == 200)
            #expect(try await gate.get("http://gate.example").status == 400)
        }
    }

    @Test("takes GET, HEAD and a player's preflight")
    func methods() async throws {
        try await RunningGate.run { gate in
            #expect(try await gate.get("/x/y", method: "OPTIONS").status == 204)
            for method in ["POST", "PUT", "DELETE", "PATCH", "TRACE"] {
                let answer = try await gate.get("/x/y", method: method, [("Content-Length", "0")])
                #expect(answer.status == 405 && answer["allow"] == "GET, HEAD, OPTIONS", "\(method)")
            }
        }
    }

    @Test("refuses a head that is too large")
    func headLimit() async throws {
        var limits = ServiceLimits()
        limits.headerBytes = 4096
        try await RunningGate.run(limits: limits) { gate in
            let small = try await gate.get("/healthz", [("X", String(repeating: "a", count: 3000))])
            #expect(small.status == 200)
            #expect(try await gate.get("/healthz", [("X", String(repeating: "a", count: 5000))]).status == 431)
            #expect(try await gate.get("/" + String(repeating: "a", count: 5000)).status == 431)
            let many = (0..<150).map { ("X\($0)", "a") }
            #expect(try await gate.get("/healthz", many).status == 431)
            let blanks = String(repeating: " ", count: 20_000)
            #expect(try await gate.get("/healthz", [("X", blanks + "a")]).status == 431)
            #expect(try await gate.get("/healthz" + blanks).status == 431)
        }
    }

    @Test("counts what it decides")
    func metrics() async throws {
        try await RunningGate.run { gate in
            try gate.put("a.ts", [1])
            let token = try gate.token()
            for _ in 0..<3 { _ = try await gate.get("/\(token)/a.ts") }
            _ = try await gate.get("/x.y.z/a.ts")
            _ = try await gate.get("/healthz")
            var metrics = MetricsText()
            gate.ring.add([try Sample.revocation()], of: RunningGate.account, at: ChangeNumber(rawValue: 1))
            gate.metrics.write(to: &metrics, ring: gate.ring)
            let text = metrics.text
            for line in [
                "gate_requests_total{outcome=\"allowed\"} 3", "gate_requests_total{outcome=\"token_malformed\"} 1",
                "gate_requests_total{outcome=\"other\"} 1", "live_keys 1", "live_revocations 1",
            ] {
                #expect(text.contains("streamsign_\(line)\n"), "\(line)")
            }
        }
    }
}
