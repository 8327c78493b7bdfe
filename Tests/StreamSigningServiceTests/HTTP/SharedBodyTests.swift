import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import StreamSigning
import Testing

@testable import StreamSigningHTTP

@Suite("Bytes that answers share", .timeLimit(.minutes(10)))
struct SharedBodyTests {
    private static func request(_ method: String = "GET", _ fields: String = "") -> String {
        "\(method) / HTTP/1.1\r\nHost: a.example\r\n\(fields)\r\n"
    }

    private static let last = request("GET", "Connection: close\r\n")

    @Test(
        "reach every client whole, in pieces or not",
        arguments: [
            0, 1, BodyWriter.sharedPieceCount, BodyWriter.sharedPieceCount + 1, 5 * BodyWriter.sharedPieceCount - 1,
        ])
    func whole(count: Int) async throws {
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31) }
        try await SharingServer.run(bytes) { port in
            let answers = try await withThrowingTaskGroup(of: RawAnswer.self) { group in
                for _ in 0..<8 { group.addTask { try RawAnswer(await RawClient.exchange(Self.last, port: port)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 200 && $0.body == bytes && $0["content-length"] == "\(count)" })
        }
    }

    @Test("are followed by the answer to the next request, and left out for HEAD")
    func pipelined() async throws {
        let bytes = [UInt8](repeating: 7, count: 3 * BodyWriter.sharedPieceCount)
        try await SharingServer.run(bytes) { port in
            let received = try await RawClient.exchange(Self.request() + Self.request("HEAD") + Self.last, port: port)
            let first = try RawAnswer(received)
            let second = try RawAnswer(Array(first.body.dropFirst(bytes.count)))
            let third = try RawAnswer(second.body)
            #expect(Array(first.body.prefix(bytes.count)) == bytes)
            #expect(second["content-length"] == "\(bytes.count)" && third.body == bytes)
        }
    }
}

/// Answers every request with the same bytes.
private final class SharingServer: HTTPResponder {
    private let bytes: ByteBuffer

    init(_ bytes: ByteBuffer) {
        self.bytes = bytes
    }

    static func run(_ bytes: [UInt8], _ body: (_ port: Int) async throws -> Void) async throws {
        let shared = ByteBuffer(bytes: bytes)
        let times = ConnectionTimes(
            idle: .seconds(60), request: .seconds(60), stall: .seconds(60), patience: .seconds(1))
        let logger = Logger(label: "shared") { _ in SwiftLogNoOpLogHandler() }
        let listener = try await Listener(
            host: "127.0.0.1", port: 0, tls: nil, limits: ServiceLimits(), times: times,
            metrics: ConnectionMetrics(.api), logger: logger, on: .singleton
        ) { _ in SharingServer(shared) }.bind()
        let group = ServiceGroup(services: [listener], logger: logger)
        let task = Task { try await group.run() }
        let result = await Result(catching: { () async throws in try await body(listener.port) })
        await group.triggerGracefulShutdown()
        try await task.value
        try result.get()
    }

    var date: String { "Thu, 01 Jan 1970 00:00:00 GMT" }

    func peer(_ address: IPAddress?) {}

    func reply(to head: HTTPRequestHead, from peer: Void) -> HTTPReply {
        .now(HTTPAnswer(.ok, .shared(bytes)))
    }

    func answer(to problem: HTTPProblem, from peer: Void) -> HTTPAnswer {
        .plain("\(problem)", problem.status)
    }
}
