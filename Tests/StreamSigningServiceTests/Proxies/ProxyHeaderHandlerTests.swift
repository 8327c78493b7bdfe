import NIOCore
import NIOEmbedded
import StreamSigning
import Testing

@testable import StreamSigningHTTP

@Suite("A connection that a proxy begins")
struct ProxyHeaderHandlerTests {
    private final class Record {
        /// Whether there is a place for the client at once.
        var isFree = false
        /// Of the place, if it has to be waited for.
        var place: EventLoopPromise<Void>?
        var headers: [ProxyHeader] = []
        var outcomes: [ProxyHeaderHandler.Outcome] = []
        var received = ""
        var hasEnded = false
    }

    /// What comes behind the header.
    private final class Service: ChannelInboundHandler {
        typealias InboundIn = ByteBuffer

        private let record: Record

        init(_ record: Record) {
            self.record = record
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            record.received += String(buffer: unwrapInboundIn(data))
        }

        func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
            if event as? ChannelEvent == .inputClosed { record.hasEnded = true }
        }
    }

    private let record = Record()
    private let channel: EmbeddedChannel

    init() throws {
        let (record, channel) = (record, EmbeddedChannel())
        self.channel = channel
        try channel.pipeline.syncOperations.addHandler(
            ProxyHeaderHandler(patience: .seconds(5), report: { record.outcomes.append($0) }) { header in
                record.headers.append(header)
                let place = channel.eventLoop.makePromise(of: Void.self)
                if record.isFree { place.succeed() } else { record.place = place }
                return place.futureResult.assumeIsolated().flatMapThrowing {
                    try channel.pipeline.syncOperations.addHandler(Service(record))
                }.nonisolated()
            })
        channel.connect(to: try SocketAddress(ipAddress: "10.0.0.1", port: 1), promise: nil)
    }

    private func send(_ text: String) throws {
        try channel.writeInbound(ByteBuffer(string: text))
    }

    private static let header = "PROXY TCP4 192.0.2.7 198.51.100.1 4711 443\r\n"

    @Test("is served as the client's, with what follows the header and nothing of it")
    func served() throws {
        record.isFree = true
        try send(Self.header + "GET")
        try send(" /")
        #expect(record.headers == [.client(try #require(IPAddress("192.0.2.7")))])
        #expect(record.received == "GET /" && record.outcomes == [.read])
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(channel.isActive)
    }

    @Test("may begin in pieces")
    func pieces() throws {
        record.isFree = true
        for character in Self.header + "GET" { try send(String(character)) }
        #expect(record.received == "GET" && record.headers.count == 1)
    }

    @Test("waits for its place, and loses nothing meanwhile")
    func waiting() throws {
        try send(Self.header + "GET")
        try send(" / HTTP/1.1")
        channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        channel.embeddedEventLoop.advanceTime(by: .seconds(60))
        #expect(record.received == "" && channel.isActive)
        record.place?.succeed()
        #expect(record.received == "GET / HTTP/1.1" && record.hasEnded)
    }

    @Test("ends if there is no place for the client")
    func noPlace() throws {
        try send(Self.header)
        record.place?.fail(ChannelError.ioOnClosedChannel)
        channel.embeddedEventLoop.run()
        #expect(!channel.isActive && record.received == "")
    }

    @Test(
        "ends without an answer if anything else comes first",
        arguments: ["GET / HTTP/1.1\r\n\r\n", "\u{16}\u{3}\u{1}"])
    func malformed(_ text: String) throws {
        try send(text)
        channel.embeddedEventLoop.run()
        #expect(!channel.isActive && record.outcomes == [.malformed] && record.headers.isEmpty)
        #expect(try channel.readOutbound(as: ByteBuffer.self) == nil)
    }

    @Test("ends if the header takes longer than it may, however it drips in")
    func late() throws {
        for character in Self.header.prefix(40) {
            try send(String(character))
            channel.embeddedEventLoop.advanceTime(by: .milliseconds(124))
        }
        #expect(channel.isActive)
        channel.embeddedEventLoop.advanceTime(by: .milliseconds(41))
        #expect(!channel.isActive && record.outcomes == [.late])
    }

    @Test("ends with the service, and when the proxy ends it, before the header is there")
    func ends() throws {
        try send("PROXY")
        channel.pipeline.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        channel.embeddedEventLoop.run()
        #expect(!channel.isActive)
        let other = try ProxyHeaderHandlerTests()
        other.channel.pipeline.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
        other.channel.embeddedEventLoop.run()
        #expect(!other.channel.isActive && other.record.outcomes.isEmpty)
    }
}
