import Logging
import NIOCore
import StreamSigning

/// Gives the connections of a listener their places, and closes those that lose them.
///
/// Belongs to the listening channel, which must accept one connection at a time (`maxMessagesPerRead`). ``ConnectionPlaces`` decides.
final class ConnectionLimit: ChannelDuplexHandler {
    typealias InboundIn = any Channel
    typealias InboundOut = any Channel
    typealias OutboundIn = Never

    /// Connections that are being closed count until they are: each holds a file. If there are so many, none is accepted.
    private static let closing = 256
    /// Between two warnings.
    private static let pause = TimeAmount.minutes(1)

    private var places: ConnectionPlaces
    private let most: Int
    private let sharedAddresses: [IPNetwork]
    private let arrived: ArrivedPlaces
    private let metrics: ConnectionMetrics
    private let logger: Logger?
    private let close: @Sendable (any Channel) -> Void
    /// By the numbers of their places.
    private var channels: [Int: any Channel] = [:]
    /// Connections that are open or being closed.
    private var open = 0
    /// Whether the channel wants to accept, and was told to wait.
    private var holdsRead = false
    private var warning: Scheduled<Void>?
    private var warned: (time: NIODeadline, shortage: ConnectionMetrics.Shortage)?
    /// What was seen at the worst moment since the last warning.
    private var peak: Peak?

    private struct Peak {
        /// The address that had the most connections, and how many.
        var busiest: (origin: ConnectionOrigin, count: Int)?
        /// How many connections there were in all.
        var open: Int
        /// When it was last looked.
        var time: NIODeadline
    }

    /// - Parameters:
    ///   - sharedAddresses: addresses that many clients have.
    ///   - arrived: passes each place on to the connection.
    ///   - close: closes a connection that has lost its place; called on the connection's event loop.
    init(
        _ limits: ConnectionPlaces.Limits, sharedAddresses: [IPNetwork] = [], arrived: ArrivedPlaces,
        metrics: ConnectionMetrics, logger: Logger? = nil,
        close: @escaping @Sendable (any Channel) -> Void = { $0.close(promise: nil) }
    ) {
        places = ConnectionPlaces(limits, metrics: metrics)
        most = limits.all + limits.reserved + Self.closing
        self.sharedAddresses = sharedAddresses
        self.arrived = arrived
        self.metrics = metrics
        self.logger = logger
        self.close = close
    }

    func read(context: ChannelHandlerContext) {
        holdsRead = open >= most
        if !holdsRead { context.read() }
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        let channel = unwrapInboundIn(data)
        count(1)
        let origin = ConnectionOrigin(channel.remoteAddress)
        let before = metrics.shortage
        let admission = places.admit(origin, isShared: origin.isIn(sharedAddresses))
        if metrics.shortage != before || admission?.place.isReserved == true { noteShortage(context) }
        watch(channel, admission?.place, context)
        guard let admission else { return channel.close(promise: nil) }
        if let evicted = admission.evicted.flatMap({ channels[$0.number] }) {
            evicted.eventLoop.execute { [close] in close(evicted) }
        }
        channels[admission.place.number] = channel
        arrived.put(admission.place, for: channel)
        context.fireChannelRead(data)
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        warning?.cancel()
        warning = nil
    }

    private func watch(_ channel: any Channel, _ place: ConnectionPlace?, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        channel.closeFuture.hop(to: context.eventLoop).whenComplete { [arrived] _ in
            let (limit, context) = bound.value
            _ = arrived.take(for: channel)
            if let place {
                limit.places.release(place)
                limit.channels[place.number] = nil
            }
            limit.count(-1)
            if limit.holdsRead { limit.read(context: context) }
        }
    }

    private func count(_ change: Int) {
        open += change
        metrics.noteOpen(open)
    }
}

// MARK: Warnings

extension ConnectionLimit {
    /// Has a warning written, at most once a minute: a second later, when it is known how many it is about.
    private func noteShortage(_ context: ChannelHandlerContext) {
        notePeak(at: context.eventLoop.now)
        guard warning == nil, let logger else { return }
        let earliest = context.eventLoop.now + .seconds(1)
        let due = warned.map { max($0.time + Self.pause, earliest) } ?? earliest
        let eventLoop = context.eventLoop
        warning = eventLoop.assumeIsolated().scheduleTask(deadline: due) { [self] in warn(logger, at: eventLoop.now) }
    }

    /// Looks at most once a second: it goes through all addresses. When the warning is written, a burst may be over.
    private func notePeak(at now: NIODeadline) {
        guard peak.map({ now - $0.time >= .seconds(1) }) ?? true else { return }
        var (new, found) = (peak ?? Peak(open: 0, time: now), places.busiest)
        if found?.count ?? 0 > new.busiest?.count ?? 0 { swap(&new.busiest, &found) }
        (new.open, new.time) = (max(new.open, open), now)
        peak = new
    }

    private func warn(_ logger: Logger, at now: NIODeadline) {
        let all = metrics.shortage
        let new = all - (warned?.shortage ?? ConnectionMetrics.Shortage())
        let peak = peak
        (warning, warned, self.peak) = (nil, (now, all), nil)
        logger.warning(
            "connections were refused or closed to make room for others",
            metadata: [
                "listener": "\(metrics.listener.rawValue)", "open": "\(peak?.open ?? open)",
                "refused": "\(new.refused)", "closed_silent": "\(new.silent)", "closed_idle": "\(new.idle)",
                "busiest_address": "\(peak?.busiest.map { "\($0.origin)" } ?? "-")",
                "busiest_connections": "\(peak?.busiest?.count ?? 0)",
            ])
    }
}
