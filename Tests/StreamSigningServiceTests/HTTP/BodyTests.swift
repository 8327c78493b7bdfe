import Logging
import NIOCore
import NIOHTTP1
import NIOPosix
import ServiceLifecycle
import StreamSigning
import StreamSigningPlatform
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP

@Suite("Bodies", .timeLimit(.minutes(10)))
struct BodyTests {
    /// Where the bytes of a body are.
    enum Place: CaseIterable {
        /// In memory of the answer's own: they are copied behind its head. The others are sent piece by piece.
        case answer
        /// In memory that answers share.
        case memory
        case file
    }

    private static let piece = BodyWriter.sharedPieceCount

    private static func request(_ method: String = "GET", _ fields: String = "") -> String {
        "\(method) / HTTP/1.1\r\nHost: a.example\r\n\(fields)\r\n"
    }

    private static func bytes(_ count: Int) -> [UInt8] {
        (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ $0 >> 8) }
    }

    private static let last = request("GET", "Connection: close\r\n")

    @Test(
        "reach every client whole, in pieces or not", arguments: Place.allCases,
        [0, 1, piece, piece + 1, 5 * piece - 1])
    func whole(place: Place, count: Int) async throws {
        let bytes = Self.bytes(count)
        try await BodyServer.run(bytes, in: place) { port in
            let answers = try await withThrowingTaskGroup(of: RawAnswer.self) { group in
                for _ in 0..<8 { group.addTask { try RawAnswer(await RawClient.exchange(Self.last, port: port)) } }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 200 && $0.body == bytes && $0["content-length"] == "\(count)" })
        }
    }

    @Test("are followed by the answer to the next request, and left out for HEAD", arguments: Place.allCases)
    func pipelined(place: Place) async throws {
        let bytes = Self.bytes(3 * Self.piece)
        try await BodyServer.run(bytes, in: place) { port in
            let received = try await RawClient.exchange(Self.request() + Self.request("HEAD") + Self.last, port: port)
            let first = try RawAnswer(received)
            let second = try RawAnswer(Array(first.body.dropFirst(bytes.count)))
            let third = try RawAnswer(second.body)
            #expect(Array(first.body.prefix(bytes.count)) == bytes)
            #expect(second["content-length"] == "\(bytes.count)" && third.body == bytes)
        }
    }

    @Test(
        "come in order at a client that has little room, what the system did not take at once included",
        arguments: Place.allCases, [100, piece, 9 * piece + 7])
    func littleRoom(place: Place, count: Int) async throws {
        let bytes = Self.bytes(count)
        let requests = (0..<12).map { $0 % 3 == 2 ? "HEAD" : "GET" }
        try await BodyServer.run(bytes, in: place) { port in
            let text = requests.map { Self.request($0) }.joined() + Self.last
            var rest = try await RawClient.exchange(text, port: port, room: 4096)
            for method in requests + ["GET"] {
                let answer = try RawAnswer(rest)
                let sent = method == "GET" ? bytes : []
                #expect(answer["content-length"] == "\(count)" && answer.body.starts(with: sent))
                rest = Array(answer.body.dropFirst(sent.count))
            }
            #expect(rest.isEmpty)
        }
    }
}

/// Answers every request of one event loop with the same bytes.
private final class BodyServer: HTTPResponder {
    private let body: HTTPAnswer.Body

    /// - Parameter file: holds the bytes.
    init(_ bytes: [UInt8], in place: BodyTests.Place, file: CInt) {
        body =
            switch place {
            case .answer: .bytes(bytes)
            case .memory: .shared(ByteBuffer(bytes: bytes))
            // An event loop has handles of its own: NIO allows one use of a handle at a time.
            case .file: .file(OpenFile(descriptor: dup(file)), 0..<bytes.count)
            }
    }

    static func run(
        _ bytes: [UInt8], in place: BodyTests.Place, _ body: (_ port: Int) async throws -> Void
    ) async throws {
        let file = try #require(tmpfile())
        defer { fclose(file) }
        let descriptor = fileno(file)
        try #require(bytes.withUnsafeBytes { BlockingIO.writeAll($0, to: descriptor) } == 0)
        let times = ConnectionTimes(
            idle: .seconds(60), request: .seconds(60), stall: .seconds(60), patience: .seconds(1))
        let logger = Logger(label: "bodies") { _ in SwiftLogNoOpLogHandler() }
        let listener = try await Listener(
            host: "127.0.0.1", port: 0, tls: nil, limits: ServiceLimits(), times: times,
            metrics: ConnectionMetrics(.api), logger: logger, on: .singleton
        ) { _ in BodyServer(bytes, in: place, file: descriptor) }.bind()
        let group = ServiceGroup(services: [listener], logger: logger)
        let task = Task { try await group.run() }
        let result = await Result(catching: { () async throws in try await body(listener.port) })
        await group.triggerGracefulShutdown()
        try await task.value
        try result.get()
    }

    var date: String { "Thu, 01 Jan 1970 00:00:00 GMT" }

    func reply(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply {
        .now(HTTPAnswer(.ok, body))
    }

    func answer(to problem: HTTPProblem, from peer: Peer) -> HTTPAnswer {
        .plain("\(problem)", problem.status)
    }
}
