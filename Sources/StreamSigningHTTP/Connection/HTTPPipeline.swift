import NIOCore
import NIOHTTP1
import NIOPosix
import StreamSigning

/// Turns channels into connections: one responder for each event loop, and the handlers that every channel gets.
struct HTTPPipeline<Responder: HTTPResponder>: Sendable {
    /// By the identity of their event loops.
    let responders: [ObjectIdentifier: NIOLoopBound<Responder>]
    let headerBytes: Int
    let times: ConnectionTimes
    let isEncrypted: Bool

    init(
        on group: any EventLoopGroup, headerBytes: Int, times: ConnectionTimes, isEncrypted: Bool,
        _ responder: @escaping @Sendable (any EventLoop) -> Responder
    ) async throws {
        var responders: [ObjectIdentifier: NIOLoopBound<Responder>] = [:]
        for eventLoop in group.makeIterator() {
            responders[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                NIOLoopBound(responder(eventLoop), eventLoop: eventLoop)
            }.get()
        }
        self.responders = responders
        self.headerBytes = headerBytes
        self.times = times
        self.isEncrypted = isEncrypted
    }

    /// Tells each responder once a second, on its event loop.
    @Sendable func startTicking() -> [RepeatedTask] {
        responders.values.map { responder in
            responder.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
                responder.value.everySecond()
            }
        }
    }

    /// - Parameter address: the client's; nil if it is not known.
    func addHandlers(to channel: any Channel, _ place: ConnectionPlace, from address: IPAddress?) throws {
        guard let responder = responders[ObjectIdentifier(channel.eventLoop)]?.value else { return }
        let options = channel.syncOptions
        try options?.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try options?.setOption(.maxMessagesPerRead, value: 1)
        try options?.setOption(.recvAllocator, value: ReadingPace.usual)
        var head = NIOHTTPDecoderLimitConfiguration()
        head.maxHeaderFieldSize = headerBytes
        head.maxHeaderListSize = headerBytes
        head.maxHeaderFieldCount = 100
        let pipeline = channel.pipeline.syncOperations
        try pipeline.addHandler(
            ByteToMessageHandler(HTTPRequestDecoder(leftOverBytesStrategy: .dropBytes, limitConfiguration: head)))
        let bodies = BodyWriter(files: isEncrypted ? .memory(.singleton) : .region)
        try pipeline.addHandler(HTTPConnection(responder, place, from: address, bodies: bodies, times: times))
    }
}
