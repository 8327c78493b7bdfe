import NIOCore
import NIOHTTP1
import NIOPosix

/// Turns channels into connections: one responder for each event loop, and the handlers that every channel gets.
struct HTTPPipeline: Sendable {
    /// What the connections of an event loop share.
    struct Shared {
        let responder: any HTTPResponder
        let spare = SpareBuffer()
    }

    /// By the identity of their event loops.
    let shared: [ObjectIdentifier: NIOLoopBound<Shared>]
    let headerBytes: Int
    let times: ConnectionTimes
    let isEncrypted: Bool

    init(
        on group: any EventLoopGroup, headerBytes: Int, times: ConnectionTimes, isEncrypted: Bool,
        _ responder: @escaping @Sendable (any EventLoop) -> any HTTPResponder
    ) async throws {
        var shared: [ObjectIdentifier: NIOLoopBound<Shared>] = [:]
        for eventLoop in group.makeIterator() {
            shared[ObjectIdentifier(eventLoop)] = try await eventLoop.submit {
                NIOLoopBound(Shared(responder: responder(eventLoop)), eventLoop: eventLoop)
            }.get()
        }
        self.shared = shared
        self.headerBytes = headerBytes
        self.times = times
        self.isEncrypted = isEncrypted
    }

    /// Tells each responder once a second, on its event loop.
    @Sendable func startTicking() -> [RepeatedTask] {
        shared.values.map { shared in
            shared.eventLoop.scheduleRepeatedTask(initialDelay: .seconds(1), delay: .seconds(1)) { _ in
                shared.value.responder.everySecond()
            }
        }
    }

    func addHandlers(to channel: any Channel, _ place: ConnectionPlace, from peer: Peer) throws {
        guard let shared = shared[ObjectIdentifier(channel.eventLoop)]?.value else { return }
        let options = channel.syncOptions
        try options?.setOption(.tcpOption(.tcp_nodelay), value: 1)
        try options?.setOption(.maxMessagesPerRead, value: 1)
        try options?.setOption(.recvAllocator, value: ReadingPace.usual)
        var head = NIOHTTPDecoderLimitConfiguration()
        head.maxHeaderFieldSize = headerBytes
        head.maxHeaderListSize = headerBytes
        head.maxHeaderFieldCount = 100
        let pipeline = channel.pipeline.syncOperations
        let parser = RequestParser(limits: head)
        try pipeline.addHandler(parser)
        let outgoing = Outgoing(shared.spare)
        if !isEncrypted { outgoing.useSocket(of: channel) }
        try pipeline.addHandler(
            HTTPConnection(
                shared.responder, place, from: peer, parser: parser, outgoing: outgoing,
                files: isEncrypted ? .memory(.singleton) : .region, times: times))
    }
}
