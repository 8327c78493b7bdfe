import StreamSigning
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP

@Suite("A gate behind proxies that speak the PROXY protocol", .timeLimit(.minutes(10)))
struct ProxyProtocolTests {
    private static let local: [UInt8] = [
        0x0D, 0x0A, 0x0D, 0x0A, 0x00, 0x0D, 0x0A, 0x51, 0x55, 0x49, 0x54, 0x0A, 0x20, 0, 0, 0,
    ]

    /// - Returns: nil if the connection is closed instead.
    private func ask(
        _ gate: RunningGate, _ header: String, _ target: String, _ fields: String = ""
    ) async throws -> RawAnswer? {
        let request = "GET \(target) HTTP/1.1\r\nHost: gate.example\r\nConnection: close\r\n\(fields)\r\n"
        let received = try await RawClient.exchange(header + request, port: gate.port)
        return received.isEmpty ? nil : try RawAnswer(received)
    }

    @Test("takes a trusted proxy's word on the viewer, and from no other field")
    func viewer() async throws {
        try await RunningGate.run {
            $0.usesProxyProtocol = true
        } body: { gate in
            try gate.put("a.ts", [1])
            let token = try gate.token(rules: [.allow(.addresses(IPNetwork("192.0.2.7"))), .block(.any)])
            let forged = "X-Forwarded-For: 192.0.2.7\r\n"
            let cases: [(header: String, fields: String, status: Int, denial: String?)] = [
                ("PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\n", "", 200, nil),
                ("PROXY TCP4 192.0.2.8 198.51.100.1 1 2\r\n", forged, 403, "blocked_by_rule"),
                // Nobody knows who it is, so the field may be made up too.
                ("PROXY UNKNOWN\r\n", forged, 403, "address_unknown"),
                // A proxy for web pages behind one for connections: its field counts.
                ("PROXY TCP4 127.0.0.9 198.51.100.1 1 2\r\n", forged, 200, nil),
                (String(decoding: Self.local, as: UTF8.self), forged, 200, nil),
                (String(decoding: Self.local, as: UTF8.self), "", 403, "address_unknown"),
            ]
            for (header, fields, status, denial) in cases {
                let answer = try await ask(gate, header, "/\(token)/a.ts", fields)
                #expect(answer?.status == status && answer?.denial == denial, "\(header)\(fields)")
            }
        }
    }

    @Test("does not answer a trusted proxy that leaves the header out")
    func missing() async throws {
        try await RunningGate.run {
            $0.usesProxyProtocol = true
        } body: { gate in
            let answer = try await ask(gate, "", "/healthz")
            #expect(answer == nil)
            var text = MetricsText()
            ConnectionMetrics.write([gate.connections], to: &text)
            #expect(text.text.contains("streamsign_proxy_headers_total{listener=\"gate\",outcome=\"malformed\"} 1\n"))
        }
    }

    @Test("takes no header from anybody else, or where it is not told to", arguments: [true, false])
    func stranger(_ isTold: Bool) async throws {
        try await RunningGate.run {
            $0.usesProxyProtocol = isTold
            if isTold { $0.trustedProxies = [] }
        } body: { gate in
            let pretended = try await ask(gate, "PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\n", "/healthz")
            let plain = try await ask(gate, "", "/healthz")
            #expect(pretended?.status == 400 && plain?.status == 200)
        }
    }

    @Test("gives each viewer a share of the places, and not the proxy")
    func places() async throws {
        var limits = RunningGate.defaultLimits
        (limits.connections, limits.connectionsPerAddress) = (100, 1)
        try await RunningGate.run(limits: limits) {
            $0.usesProxyProtocol = true
        } body: { gate in
            try gate.put("a.ts", [UInt8](repeating: 0, count: 32 << 20))
            let token = try gate.token()
            let header = "PROXY TCP4 192.0.2.7 198.51.100.1 1 2\r\n"
            let request = "GET /\(token)/a.ts HTTP/1.1\r\nHost: gate.example\r\n\r\n"
            try await RawClient.hold(header + request, port: gate.port) {
                let second = try await ask(gate, header, "/\(token)/a.ts")
                let probe = try await ask(gate, header, "/healthz")
                #expect(second?.status == 503 && probe?.status == 200)
                let other = try await ask(gate, "PROXY TCP4 192.0.2.8 198.51.100.1 1 2\r\n", "/\(token)/none.ts")
                #expect(other?.status == 404)
            }
        }
    }
}
