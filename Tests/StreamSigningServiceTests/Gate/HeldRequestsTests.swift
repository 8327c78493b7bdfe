import NIOCore
import NIOEmbedded
import NIOHTTP1
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP
@testable import StreamSigningKeyRing

@Suite("Requests that come while the keys are too old")
struct HeldRequestsTests {
    private final class Keys {
        var areStale = true
    }

    /// Notes the status of an answer once it is there.
    private final class Answer {
        var status: UInt?

        init(_ reply: HTTPReply?) {
            guard case .later(let answer, _)? = reply else { return }
            answer.assumeIsolated().whenSuccess { self.status = $0.status.code }
        }
    }

    @Test("are answered once the keys are confirmed, in their order of coming")
    func confirmed() {
        let (loop, keys) = (EmbeddedEventLoop(), Keys())
        let held = HeldRequests(grace: .seconds(3), eventLoop: loop) { keys.areStale }
        var order: [Int] = []
        let answers = (0..<3).map { number in
            Answer(
                held.hold {
                    order.append(number)
                    return .now(.text(.ok, "media"))
                })
        }
        loop.advanceTime(by: .milliseconds(2900))
        #expect(answers.allSatisfy { $0.status == nil })
        keys.areStale = false
        loop.advanceTime(by: .milliseconds(20))
        #expect(answers.map(\.status) == [200, 200, 200] && order == [0, 1, 2])
    }

    @Test("are answered when their time is over, and only then")
    func late() {
        let (loop, keys) = (EmbeddedEventLoop(), Keys())
        let held = HeldRequests(grace: .seconds(3), eventLoop: loop) { keys.areStale }
        let first = Answer(held.hold { .now(.refusal(.keysStale)) })
        loop.advanceTime(by: .seconds(1))
        let second = Answer(held.hold { .now(.refusal(.keysStale)) })
        loop.advanceTime(by: .milliseconds(1990))
        #expect(first.status == nil && second.status == nil)
        loop.advanceTime(by: .milliseconds(30))
        #expect(first.status == 503 && second.status == nil)
        loop.advanceTime(by: .seconds(1))
        #expect(second.status == 503)
    }

    @Test("do not wait if none may")
    func none() {
        let held = HeldRequests(grace: .zero, eventLoop: EmbeddedEventLoop()) { true }
        #expect(held.hold { .now(.notFound) } == nil)
    }

    @Test("play if the keys are confirmed in time, and are counted once")
    func plays() async throws {
        try await RunningGate.run(maximumAge: .zero) {
            $0.staleGrace = .seconds(60)
        } body: { gate in
            try gate.put("seg.m4s", [1])
            let path = "/\(try gate.token())/seg.m4s"
            async let answer = gate.get(path)
            // Whenever the request comes: keys of this age are good for an hour.
            gate.ring.confirm(at: .now + .seconds(3600))
            #expect(try await answer.body == [1])
            var metrics = MetricsText()
            gate.metrics.write(to: &metrics, ring: gate.ring)
            #expect(metrics.text.contains("streamsign_gate_requests_total{outcome=\"allowed\"} 1\n"))
            #expect(metrics.text.contains("streamsign_gate_requests_total{outcome=\"keys_stale\"} 0\n"))
        }
    }

    @Test("are refused if not, after their time and not before it", arguments: ["seg.m4s", "watch"])
    func refused(_ file: String) async throws {
        try await RunningGate.run(maximumAge: .zero) {
            $0.staleGrace = .milliseconds(200)
        } body: { gate in
            try gate.put("seg.m4s", [1])
            let begin = ContinuousClock.now
            let answer = try await gate.get("/\(try gate.token())/\(file)")
            #expect(answer.status == 503 && answer.denial == "keys_stale" && answer["retry-after"] == "1")
            #expect(.now - begin >= .milliseconds(200))
            let refused = try await gate.get("/x.y.z/\(file)")
            #expect(refused.denial == "token_malformed", "what no key could let in does not wait")
            let target = "/\(try gate.token())/\(file)"
            #expect(try await gate.get("/authorize", [("X-Original-URI", target)]).denial == "keys_stale")
        }
    }
}
