import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The gate's address")
struct GateServerTests {
    private func server(port: Int) -> GateServer {
        var configuration = GateConfiguration()
        configuration.port = port
        let ring = KeyRing(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))
        return GateServer(
            configuration, folder: nil, limits: ServiceLimits(), tls: nil, ring: ring,
            sessions: SigningSessions(ring, of: Sample.account(), ManualClock(now: Sample.time)), countries: nil,
            metrics: GateMetrics(), connections: ConnectionMetrics(.gate), logger: LogRecorder().logger,
            now: { Sample.time })
    }

    @Test("is taken once, and free again when it is given up")
    func taken() async throws {
        let first = try await server(port: 0).bind()
        let failure = await #expect(throws: ServiceFailure.self) { try await server(port: first.port).bind() }
        #expect(failure?.subject == "127.0.0.1:\(first.port)")
        #expect(failure?.reason == "address already in use")
        await first.close()
        let second = try await server(port: first.port).bind()
        #expect(second.port == first.port)
        await second.close()
    }
}
