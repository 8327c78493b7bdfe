/// Shares the places of a listener among those who connect. It knows neither sockets nor clocks.
///
/// Where there is no place for a connection that comes, another loses its own:
///
/// | | among the connections of the newcomer's address, if that has all of its places | else among all |
/// |---|---|---|
/// | first | the oldest that has sent no request | the oldest that has sent no request, of the address with the most of these |
/// | then | one that waits for its next request | one that waits for its next request |
/// | else | the newcomer gets a reserved place, which is good for a probe | the same |
///
/// A connection whose request is being read or answered keeps its place. Also, the oldest silent connection of an address goes if the
/// address has all of those that it may have: so many TLS handshakes can it have begun at a time.
struct ConnectionPlaces {
    /// How many places there are.
    struct Limits {
        var all: Int
        /// Of one address. Those that carry many clients have no such limit.
        var perAddress: Int
        /// Of one address, by connections that have sent no request.
        var silentPerAddress: Int
        /// For probes, beyond all others.
        var reserved: Int
    }

    /// What becomes of a connection that comes.
    struct Admission {
        let place: ConnectionPlace
        /// Who has to go for it.
        let evicted: ConnectionPlace?
    }

    /// The places of one address, by what their connections were doing when they were last looked at.
    private struct Holder {
        var silent = ArrivalOrder<Int>()
        var spoken = ArrivalOrder<Int>()

        var count: Int { silent.count + spoken.count }
    }

    /// How many connections are looked at in search of one that waits for its next request.
    private static let search = 64

    private let limits: Limits
    private let metrics: ConnectionMetrics
    private var next = 0
    private var places: [Int: ConnectionPlace] = [:]
    private var holders: [ConnectionOrigin: Holder] = [:]
    private var spoken = ArrivalOrder<Int>()
    /// By how many of their connections were silent when last looked at.
    private var silentOrigins = Ranking<ConnectionOrigin>()
    private var reserved: [Int: ConnectionPlace] = [:]
    private var reservedOrder = ArrivalOrder<Int>()

    init(_ limits: Limits, metrics: ConnectionMetrics) {
        self.limits = limits
        self.metrics = metrics
    }

    /// How many places are taken.
    var count: Int { places.count + reserved.count }

    /// The address that has the most places, and how many.
    var busiest: (origin: ConnectionOrigin, count: Int)? {
        holders.max { $0.value.count < $1.value.count }.map { ($0.key, $0.value.count) }
    }

    /// Finds a place for a connection.
    /// - Parameter isShared: whether many clients have this address.
    /// - Returns: nil if there is none, not even a reserved one.
    mutating func admit(_ origin: ConnectionOrigin, isShared: Bool) -> Admission? {
        let own = isShared ? (all: 0, silent: 0) : counts(of: origin)
        var evicted: ConnectionPlace?
        if own.all >= limits.perAddress {
            evicted = evictSilent(of: origin) ?? evictIdle(of: origin)
            guard evicted != nil else { return reserve(origin) }
        } else if places.count >= limits.all {
            evicted = evictSilent() ?? evictIdle()
            guard evicted != nil else { return reserve(origin) }
        } else if own.silent >= limits.silentPerAddress {
            evicted = evictSilent(of: origin, ifThereAre: limits.silentPerAddress)
        }
        let place = makePlace(origin, isReserved: false)
        places[place.number] = place
        change(origin) { $0.silent.append(place.number) }
        return Admission(place: place, evicted: evicted)
    }

    /// Finds another place for a connection: a proxy has named the client that it is from.
    /// - Returns: nil if there is none, not even a reserved one. Its old place is free in any case.
    mutating func exchange(_ place: ConnectionPlace, for origin: ConnectionOrigin, isShared: Bool) -> Admission? {
        release(place)
        return admit(origin, isShared: isShared)
    }

    /// A connection has ended.
    mutating func release(_ place: ConnectionPlace) {
        if place.isReserved {
            reserved[place.number] = nil
            reservedOrder.remove(place.number)
        } else if places.removeValue(forKey: place.number) != nil {
            spoken.remove(place.number)
            change(place.origin) { holder in
                holder.silent.remove(place.number)
                holder.spoken.remove(place.number)
            }
        }
    }

    private func counts(of origin: ConnectionOrigin) -> (all: Int, silent: Int) {
        holders[origin].map { ($0.count, $0.silent.count) } ?? (0, 0)
    }

    private mutating func reserve(_ origin: ConnectionOrigin) -> Admission? {
        var evicted: ConnectionPlace?
        if reserved.count >= limits.reserved {
            let number = reservedOrder.first(of: Self.search) { [reserved] number in
                reserved[number].map { $0.evict(if: .silent) || $0.evict(if: .idle) } ?? false
            }
            evicted = number.flatMap { reserved[$0] }
            guard let evicted else {
                metrics.noteRefusal()
                return nil
            }
            // A probe is served in no time: this one has not said what it came for, or has its answer.
            metrics.noteEviction(.silent)
            release(evicted)
        }
        let place = makePlace(origin, isReserved: true)
        reserved[place.number] = place
        reservedOrder.append(place.number)
        return Admission(place: place, evicted: evicted)
    }

    private mutating func makePlace(_ origin: ConnectionOrigin, isReserved: Bool) -> ConnectionPlace {
        next += 1
        return ConnectionPlace(number: next, origin: origin, isReserved: isReserved, metrics: metrics)
    }
}

// MARK: Who has to go

extension ConnectionPlaces {
    private mutating func evictSilent() -> ConnectionPlace? {
        while let origin = silentOrigins.highest {
            if let place = evictSilent(of: origin) { return place }
        }
        return nil
    }

    /// Connections that turn out to have spoken are noted as such on the way, each of them once.
    private mutating func evictSilent(of origin: ConnectionOrigin, ifThereAre least: Int = 1) -> ConnectionPlace? {
        while counts(of: origin).silent >= least, let number = holders[origin]?.silent.first, let place = places[number]
        {
            if place.evict(if: .silent) { return take(place, from: .silent) }
            spoken.append(number)
            change(origin) { holder in
                holder.silent.remove(number)
                holder.spoken.append(number)
            }
        }
        return nil
    }

    private mutating func evictIdle() -> ConnectionPlace? {
        let number = spoken.first(of: Self.search) { [places] in places[$0]?.evict(if: .idle) ?? false }
        return number.flatMap { places[$0] }.map { take($0, from: .idle) }
    }

    private mutating func evictIdle(of origin: ConnectionOrigin) -> ConnectionPlace? {
        let number = holders[origin]?.spoken.first(of: Self.search) { [places] number in
            places[number]?.evict(if: .idle) ?? false
        }
        return number.flatMap { places[$0] }.map { take($0, from: .idle) }
    }

    private mutating func take(
        _ place: ConnectionPlace, from activity: ConnectionPlace.Activity
    ) -> ConnectionPlace {
        metrics.noteEviction(activity)
        release(place)
        return place
    }

    private mutating func change(_ origin: ConnectionOrigin, _ body: (inout Holder) -> Void) {
        var holder = holders.removeValue(forKey: origin) ?? Holder()
        let before = holder.silent.count
        body(&holder)
        silentOrigins.move(origin, from: before, to: holder.silent.count)
        if holder.count > 0 { holders[origin] = holder }
    }
}
