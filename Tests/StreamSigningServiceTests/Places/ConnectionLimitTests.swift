import Logging
import NIOCore
import NIOEmbedded
import StreamSigning
import Synchronization
import Testing

@testable import StreamSigningHTTP

@Suite("A listener with two places and a reserved one")
struct ConnectionLimitTests {
    private let requests = ReadCounter()
    private let log = LogRecorder()
    private let metrics = ConnectionMetrics(.api)
    private let arrived = ArrivedPlaces()
    private let listener: EmbeddedChannel

    init() throws {
        let limits = ConnectionPlaces.Limits(all: 2, perAddress: 2, silentPerAddress: 2, reserved: 1)
        let limit = ConnectionLimit(
            limits, sharedAddresses: [try IPNetwork("10.0.0.1")], arrived: arrived, metrics: metrics, logger: log.logger
        )
        listener = EmbeddedChannel(handlers: [requests, limit])
    }

    /// A connection that the kernel hands out, and its place.
    private func accept(
        from address: String = "192.0.2.1", doing activity: ConnectionPlace.Activity = .silent
    ) throws -> (channel: EmbeddedChannel, place: ConnectionPlace?) {
        let channel = EmbeddedChannel(loop: listener.embeddedEventLoop)
        channel.connect(to: try SocketAddress(ipAddress: address, port: 1), promise: nil)
        try listener.writeInbound(channel as any Channel)
        let isServed = try listener.readInbound(as: (any Channel).self) != nil
        let place = arrived.take(for: channel)?.place
        #expect(isServed == (place != nil))
        place?.note(activity)
        return (channel, place)
    }

    private func run(for time: TimeAmount = .zero) {
        listener.embeddedEventLoop.advanceTime(by: time)
    }

    @Test("closes who says nothing for who comes")
    func eviction() throws {
        let first = try accept()
        _ = try accept()
        let third = try accept()
        run()
        #expect(!first.channel.isActive && third.place?.isReserved == false)
    }

    @Test("closes who comes if not even a reserved place is free")
    func refusal() throws {
        for _ in 0..<2 { _ = try accept(doing: .busy) }
        #expect(try accept(doing: .busy).place?.isReserved == true)
        let fourth = try accept()
        run()
        #expect(fourth.place == nil && !fourth.channel.isActive)
    }

    @Test("has room again as soon as a connection has ended")
    func room() throws {
        let first = try accept(doing: .busy).channel
        _ = try accept(doing: .busy)
        first.close(promise: nil)
        run()
        #expect(try accept(doing: .busy).place?.isReserved == false)
    }

    @Test("limits no address that many clients have")
    func shared() throws {
        let limits = ConnectionPlaces.Limits(all: 3, perAddress: 1, silentPerAddress: 1, reserved: 1)
        let limit = ConnectionLimit(
            limits, sharedAddresses: [try IPNetwork("10.0.0.1")], arrived: arrived, metrics: metrics)
        let listener = EmbeddedChannel(handler: limit)
        for _ in 0..<3 {
            let channel = EmbeddedChannel(loop: listener.embeddedEventLoop)
            channel.connect(to: try SocketAddress(ipAddress: "10.0.0.1", port: 1), promise: nil)
            try listener.writeInbound(channel as any Channel)
            #expect(arrived.take(for: channel)?.place.isReserved == false)
        }
    }

    /// A connection from a proxy that names the client.
    private func exchange(
        for address: String, whileWaiting: (EmbeddedChannel) -> Void = { _ in }
    ) throws -> (channel: EmbeddedChannel, place: ConnectionPlace?) {
        let channel = EmbeddedChannel(loop: listener.embeddedEventLoop)
        channel.connect(to: try SocketAddress(ipAddress: "10.0.0.1", port: 1), promise: nil)
        try listener.writeInbound(channel as any Channel)
        let arrival = try #require(arrived.take(for: channel))
        whileWaiting(channel)
        let place = arrival.exchange(ConnectionOrigin(IPAddress(address)))
        run()
        return (channel, try place.wait())
    }

    @Test("counts a connection for the client that a proxy names")
    func named() throws {
        let first = try exchange(for: "192.0.2.1")
        #expect(first.place?.origin == ConnectionOrigin(IPAddress("192.0.2.1")) && first.place?.isReserved == false)
        let second = try exchange(for: "192.0.2.1")
        let third = try exchange(for: "192.0.2.1")
        run()
        #expect(!first.channel.isActive && second.channel.isActive && third.place?.isReserved == false)
        for connection in [second, third] { connection.channel.close(promise: nil) }
        run()
        for _ in 0..<2 { #expect(try accept(doing: .busy).place?.isReserved == false) }
    }

    @Test("has no place for a client that is named once the connection has ended, or has lost its place")
    func namedTooLate() throws {
        #expect(try exchange(for: "192.0.2.1") { $0.close(promise: nil) }.place == nil)
        let lost = try exchange(for: "192.0.2.1") { _ in
            for _ in 0..<2 { _ = try? accept(doing: .busy) }
        }
        #expect(lost.place == nil && !lost.channel.isActive)
    }

    @Test("does not forget a place whose connection ended on its way")
    func arrival() throws {
        let channel = EmbeddedChannel(loop: listener.embeddedEventLoop)
        channel.connect(to: try SocketAddress(ipAddress: "192.0.2.1", port: 1), promise: nil)
        try listener.writeInbound(channel as any Channel)
        channel.close(promise: nil)
        run()
        #expect(arrived.take(for: channel)?.place == nil)
    }

    @Test("warns of a burst as it was at its height, when it is over")
    func burst() throws {
        let burst = try (0..<4).map { _ in try accept(from: "192.0.2.7", doing: .busy).channel }
        for channel in burst { channel.close(promise: nil) }
        run(for: .seconds(1))
        let line = try #require(log.lines.first)
        #expect(line.contains("busiest_address=192.0.2.7") && line.contains("open=3"), "\(line)")
        #expect(line.contains("busiest_connections=2") || line.contains("busiest_connections=3"))
        _ = try accept()
        run(for: .minutes(2))
        #expect(log.lines.count == 1)
    }

    @Test("warns a second after the first, and then once a minute, of as many as there were")
    func warnings() throws {
        for _ in 0..<2 { _ = try accept(doing: .busy) }
        for _ in 0..<3 { _ = try accept(doing: .busy) }
        run(for: .milliseconds(999))
        #expect(log.lines.isEmpty)
        run(for: .milliseconds(1))
        #expect(log.lines.count == 1 && log.lines[0].contains("refused=2"))
        #expect(log.lines[0].contains("busiest_address=192.0.2.1") && log.lines[0].contains("listener=api"))
        for _ in 0..<5 { _ = try accept() }
        run(for: .seconds(59))
        #expect(log.lines.count == 1)
        run(for: .seconds(1))
        #expect(log.lines.count == 2 && log.lines[1].contains("refused=5"))
        run(for: .minutes(5))
        #expect(log.lines.count == 2)
    }

    @Test("says nothing while there are places")
    func quiet() throws {
        for _ in 0..<2 { _ = try accept() }
        run(for: .minutes(2))
        #expect(log.lines.isEmpty)
    }

    @Test("asks the kernel for one after another")
    func reads() throws {
        listener.read()
        #expect(requests.count == 1)
        for _ in 0..<4 { _ = try accept(doing: .busy) }
        listener.read()
        #expect(requests.count == 2)
    }
}

/// Counts how often a listening channel asks the kernel for connections.
private final class ReadCounter: ChannelOutboundHandler {
    typealias OutboundIn = Never

    private(set) var count = 0

    func read(context: ChannelHandlerContext) {
        count += 1
        context.read()
    }
}
