import NIOCore
import Synchronization

/// A connection that has a place.
struct Arrival: Sendable {
    let place: ConnectionPlace
    /// Exchanges its place for one of the client that a proxy has named. The result, on the connection's event loop, is nil if there
    /// is none, not even a reserved one.
    let exchange: @Sendable (ConnectionOrigin) -> EventLoopFuture<ConnectionPlace?>
}

/// The places of connections on their way from the event loop that accepts them to the one that serves them.
final class ArrivedPlaces: Sendable {
    private let arrivals = Mutex<[ObjectIdentifier: Arrival]>([:])

    func put(_ arrival: Arrival, for channel: any Channel) {
        arrivals.withLock { $0[ObjectIdentifier(channel)] = arrival }
    }

    /// - Returns: nil if the connection has ended already.
    func take(for channel: any Channel) -> Arrival? {
        arrivals.withLock { $0.removeValue(forKey: ObjectIdentifier(channel)) }
    }
}
