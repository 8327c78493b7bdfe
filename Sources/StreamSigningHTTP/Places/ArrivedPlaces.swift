import NIOCore
import Synchronization

/// The places of connections on their way from the event loop that accepts them to the one that serves them.
final class ArrivedPlaces: Sendable {
    private let places = Mutex<[ObjectIdentifier: ConnectionPlace]>([:])

    func put(_ place: ConnectionPlace, for channel: any Channel) {
        places.withLock { $0[ObjectIdentifier(channel)] = place }
    }

    /// - Returns: nil if the connection has ended already.
    func take(for channel: any Channel) -> ConnectionPlace? {
        places.withLock { $0.removeValue(forKey: ObjectIdentifier(channel)) }
    }
}
