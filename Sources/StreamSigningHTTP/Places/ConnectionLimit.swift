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
    /// By the identity of their channels.
    private var held: [ObjectIdentifier: ConnectionPlace] = [:]
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
        let isShared = origin.isIn(sharedAddresses)
        let place = hold(channel, context) { $0.admit(origin, isShared: isShared) }
        watch(channel, context)
        guard let place else { return channel.close(promise: nil) }
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        let arrival = Arrival(place: place) { origin in
            bound.eventLoop.submit {
                let (limit, context) = bound.value
                return limit.exchange(channel, for: origin, context)
            }.hop(to: channel.eventLoop)
        }
        arrived.put(arrival, for: channel)
        context.fireChannelRead(data)
    }

    private func exchange(
        _ channel: any Channel, for origin: ConnectionOrigin, _ context: ChannelHandlerContext
    ) -> ConnectionPlace? {
        guard let old = held.removeValue(forKey: ObjectIdentifier(channel)) else { return nil }
        channels[old.number] = nil
        guard !old.isEvicted else { return nil }
        let isShared = origin.isIn(sharedAddresses)
        return hold(channel, context) { $0.exchange(old, for: origin, isShared: isShared) }
    }

    /// Notes the place that is found for a connection, and closes the one that has to go for it.
    private func hold(
        _ channel: any Channel, _ context: ChannelHandlerContext,
        find: (inout ConnectionPlaces) -> ConnectionPlaces.Admission?
    ) -> ConnectionPlace? {
        let before = metrics.shortage
        let admission = find(&places)
        if metrics.shortage != before || admission?.place.isReserved == true { noteShortage(context) }
        guard let admission else { return nil }
        if let evicted = admission.evicted.flatMap({ channels[$0.number] }) {
            evicted.eventLoop.execute { [close] in close(evicted) }
        }
        channels[admission.place.number] = channel
        held[ObjectIdentifier(channel)] = admission.place
        return admission.place
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        warning?.cancel()
        warning = nil
    }

    private func watch(_ channel: any Channel, _ context: ChannelHandlerContext) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        channel.closeFuture.hop(to: context.eventLoop).whenComplete { [arrived] _ in
            let (limit, context) = bound.value
            _ = arrived.take(for: channel)
            if let place = limit.held.removeValue(forKey: ObjectIdentifier(channel)) {
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
