import Synchronization

/// The place of one connection. The connection says on its event loop what it is doing; the listener, on another, may take the
/// place away from one that does nothing.
final class ConnectionPlace: Sendable {
    /// What a connection is doing.
    enum Activity: UInt8, AtomicRepresentable {
        /// No request has come yet.
        case silent
        /// All its requests are answered.
        case idle
        /// A request is being read or answered.
        case busy
        /// Its place was taken away, and it is being closed.
        case evicted
    }

    /// Each place of a listener has another one; later ones are higher.
    let number: Int
    let origin: ConnectionOrigin
    /// Whether all other places were taken: the connection may only ask how the service is (``HTTPResponder/isProbe(_:)``), once.
    let isReserved: Bool
    private let activity = Atomic<Activity>(.silent)
    private let metrics: ConnectionMetrics

    init(number: Int, origin: ConnectionOrigin, isReserved: Bool, metrics: ConnectionMetrics) {
        self.number = number
        self.origin = origin
        self.isReserved = isReserved
        self.metrics = metrics
    }

    var isEvicted: Bool { activity.load(ordering: .relaxed) == .evicted }

    /// Notes what the connection is doing now. Only a change costs more than a comparison.
    func note(_ new: Activity) {
        let old = activity.load(ordering: .relaxed)
        guard old != new, old != .evicted else { return }
        // Fails if the place was taken away in between, and that stays so.
        _ = activity.compareExchange(expected: old, desired: new, ordering: .relaxed)
    }

    /// Notes that a request has come, before it is answered: who has an answer in hand counts as one who has spoken.
    func noteRequest() {
        if activity.load(ordering: .relaxed) == .silent { note(.busy) }
    }

    /// Takes the place away if the connection is doing this and nothing else.
    func evict(if expected: Activity) -> Bool {
        activity.compareExchange(expected: expected, desired: .evicted, ordering: .relaxed).exchanged
    }

    /// A request was refused because the place is a reserved one.
    func noteRefusal() {
        metrics.noteRefusal()
    }
}
