import StreamSigning
import Testing

@testable import StreamSigningHTTP

/// Four places, three of them for one address, and one reserved.
@Suite("The places of a listener")
struct ConnectionPlacesTests {
    private let metrics = ConnectionMetrics(.gate)
    private let desk: Desk

    init() {
        desk = Desk(ConnectionPlaces.Limits(all: 4, perAddress: 3, silentPerAddress: 3, reserved: 1), metrics)
    }

    /// Those who connect, by the numbers at the ends of their addresses.
    private final class Desk {
        private var places: ConnectionPlaces

        init(_ limits: ConnectionPlaces.Limits, _ metrics: ConnectionMetrics) {
            places = ConnectionPlaces(limits, metrics: metrics)
        }

        var count: Int { places.count }
        var busiest: String? { places.busiest.map { "\($0.origin) \($0.count)" } }

        func admit(_ number: Int, isShared: Bool = false) -> ConnectionPlaces.Admission? {
            places.admit(ConnectionOrigin(IPAddress("192.0.2.\(number)")), isShared: isShared)
        }

        func exchange(_ place: ConnectionPlace, for number: Int) -> ConnectionPlaces.Admission? {
            places.exchange(place, for: ConnectionOrigin(IPAddress("192.0.2.\(number)")), isShared: false)
        }

        func release(_ place: ConnectionPlace) {
            places.release(place)
        }

        /// Fills places, and says what their connections are doing.
        func fill(_ numbers: Int..., doing activity: ConnectionPlace.Activity) throws -> [ConnectionPlace] {
            try numbers.map { number in
                let admission = try #require(admit(number))
                #expect(admission.evicted == nil && !admission.place.isReserved)
                admission.place.note(activity)
                return admission.place
            }
        }
    }

    @Test("are for anybody while there are some")
    func free() throws {
        let places = try desk.fill(1, 1, 1, 2, doing: .busy)
        #expect(desk.count == 4 && desk.busiest == "192.0.2.1 3")
        desk.release(places[0])
        desk.release(places[0])
        #expect(desk.count == 3)
        _ = try desk.fill(3, doing: .busy)
        #expect(metrics.shortage == ConnectionMetrics.Shortage())
    }

    @Test("are exchanged for a client's when a proxy has named it")
    func exchanged() throws {
        let arrived = try #require(desk.admit(9, isShared: true)).place
        let served = try #require(desk.exchange(arrived, for: 1))
        #expect(served.evicted == nil && !served.place.isReserved && served.place.number != arrived.number)
        #expect(desk.count == 1 && desk.busiest == "192.0.2.1 1")
        desk.release(arrived)
        #expect(desk.count == 1)
        desk.release(served.place)
        #expect(desk.count == 0)
    }

    @Test("are exchanged within the client's share: its own silent connection goes, or it gets a reserved place")
    func exchangedWithinShare() throws {
        let own = try desk.fill(1, 1, 1, doing: .busy)
        let arrived = try #require(desk.admit(9, isShared: true)).place
        let reserved = try #require(desk.exchange(arrived, for: 1))
        #expect(reserved.place.isReserved && reserved.evicted == nil)
        own[1].note(.idle)
        let served = try #require(desk.exchange(reserved.place, for: 1))
        #expect(!served.place.isReserved && served.evicted === own[1])
        #expect(desk.count == 3)
    }

    @Test("of one address are shared among its own connections: the oldest silent one goes")
    func ownSilent() throws {
        let places = try desk.fill(1, 1, 1, doing: .silent)
        places[0].note(.busy)
        let admission = try #require(desk.admit(1))
        #expect(admission.evicted === places[1] && !admission.place.isReserved)
        #expect(desk.count == 3)
        #expect(metrics.shortage == ConnectionMetrics.Shortage(silent: 1))
    }

    @Test("of one address are shared among its own connections: then one that waits for its next request")
    func ownIdle() throws {
        let places = try desk.fill(1, 1, 1, doing: .busy)
        places[1].note(.idle)
        #expect(try #require(desk.admit(1)).evicted === places[1])
        #expect(metrics.shortage == ConnectionMetrics.Shortage(idle: 1))
    }

    @Test("of one address are for so many silent connections and no more, while others are free: the oldest goes")
    func silentLimit() throws {
        let desk = Desk(ConnectionPlaces.Limits(all: 9, perAddress: 8, silentPerAddress: 2, reserved: 1), metrics)
        let places = try desk.fill(1, 1, doing: .silent) + desk.fill(2, 2, doing: .silent)
        let admission = try #require(desk.admit(1))
        #expect(admission.evicted === places[0] && !admission.place.isReserved && desk.count == 4)
        places[1].note(.busy)
        #expect(try #require(desk.admit(1)).evicted == nil, "one that has spoken is silent no more")
        #expect(try #require(desk.admit(1)).evicted === admission.place)
        #expect(try #require(desk.admit(2, isShared: true)).evicted == nil)
        #expect(metrics.shortage == ConnectionMetrics.Shortage(silent: 2))
    }

    @Test("of one address that are all busy leave a reserved one, and harm nobody else")
    func ownBusy() throws {
        _ = try desk.fill(1, 1, 1, doing: .busy)
        let admission = try #require(desk.admit(1))
        #expect(admission.place.isReserved && admission.evicted == nil)
        _ = try desk.fill(2, doing: .busy)
    }

    @Test("are not limited for an address that many clients have")
    func shared() throws {
        for _ in 0..<4 {
            let admission = try #require(desk.admit(9, isShared: true))
            #expect(admission.evicted == nil && !admission.place.isReserved)
        }
    }

    @Test("that are all taken are given up by the address with the most silent connections")
    func heaviest() throws {
        let places = try desk.fill(1, 2, 2, 3, doing: .silent)
        #expect(try #require(desk.admit(4)).evicted === places[1])
        #expect(try #require(desk.admit(5)).evicted === places[0], "of equals, the one that came first")
    }

    @Test("are not given up by connections that have spoken, while others are silent")
    func spoken() throws {
        let places = try desk.fill(1, 1, 1, doing: .silent) + desk.fill(2, doing: .silent)
        for place in places[0...2] { place.note(.idle) }
        let admission = try #require(desk.admit(3))
        #expect(admission.evicted === places[3])
        admission.place.note(.busy)
        #expect(try #require(desk.admit(4)).evicted === places[0])
        #expect(metrics.shortage == ConnectionMetrics.Shortage(silent: 1, idle: 1))
    }

    @Test("are given up by who waits for a next request, once nobody is silent; those that are busy stay")
    func idle() throws {
        let places = try desk.fill(1, 2, 3, 4, doing: .busy)
        places[2].note(.idle)
        let admission = try #require(desk.admit(5))
        #expect(admission.evicted === places[2])
        admission.place.note(.busy)
        let reserved = try #require(desk.admit(6))
        #expect(reserved.place.isReserved && reserved.evicted == nil)
    }

    @Test("that are reserved go from who has not asked yet, or has its answer, to who comes")
    func reserve() throws {
        _ = try desk.fill(1, 2, 3, 4, doing: .busy)
        let first = try #require(desk.admit(5)).place
        let second = try #require(desk.admit(6))
        #expect(second.place.isReserved && second.evicted === first)
        second.place.note(.busy)
        #expect(desk.admit(7) == nil)
        #expect(metrics.shortage.refused == 1)
        second.place.note(.idle)
        #expect(try #require(desk.admit(7)).evicted === second.place)
        #expect(desk.count == 5)
    }

    @Test("once lost are lost: what the connection does then changes nothing")
    func lost() throws {
        let place = try desk.fill(1, doing: .silent)[0]
        #expect(place.evict(if: .silent))
        place.note(.busy)
        #expect(!place.evict(if: .busy) && !place.evict(if: .silent))
    }

    @Test("are found in the same time for however many connections there are", .timeLimit(.minutes(10)))
    func scale() {
        let count = 100_000
        let desk = Desk(
            ConnectionPlaces.Limits(all: count, perAddress: count, silentPerAddress: count, reserved: 1), metrics)
        for _ in 0..<count { desk.admit(1)?.place.note(.idle) }
        for _ in 0..<count { desk.admit(2)?.place.note(.busy) }
        #expect(desk.count == count)
        #expect(metrics.shortage.idle == count)
    }
}
