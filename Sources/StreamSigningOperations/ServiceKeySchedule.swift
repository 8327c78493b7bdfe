import StreamSigning
import StreamSigningStore

/// When an account's own keys sign, are followed by others, and can go.
///
/// It follows from the times at which they were made, so that all nodes come to the same without telling each other. A new key
/// is published for ``lead`` before it signs. From then on the one before it signs no more, and stays until the last token that it
/// can have signed has ended.
package struct ServiceKeySchedule: Sendable {
    /// How long a key signs before the next one does; nil for as long as nobody deletes it.
    let lifetime: Duration?

    package init(lifetime: Duration?) {
        self.lifetime = lifetime
    }

    /// From the creation of a key to its first signature: for the nodes, and for anyone who keeps a copy of the key set.
    static let lead: Duration = .seconds(3_600)
    /// The longest time for which the service lets a token be good, a day, and a playback that began with it, a week.
    static let longestToken: Duration = .seconds(8 * 86_400)

    /// The key that signs now, and until when that is certain: a key that somebody makes from now on waits for ``lead``.
    /// - Parameter keys: an account's own keys, the oldest first.
    /// - Returns: nil if there are none.
    static func turn(among keys: [ServiceKey], at now: NumericDate) -> (key: ServiceKey, until: NumericDate)? {
        // A first key, or one whose predecessors were deleted, has nobody to wait for.
        guard let index = keys.lastIndex(where: { $0.created + lead <= now }) ?? keys.indices.first else { return nil }
        let next = keys[(index + 1)...].first.map { $0.created + lead } ?? now + lead
        return (keys[index], min(next, now + lead))
    }

    /// Keys that were made by this time may have something to be done about; nil if there is never anything.
    func cutoff(at now: NumericDate) -> NumericDate? {
        lifetime.map { now - ($0 - Self.lead) }
    }

    /// Whether it is time to make a key that follows an account's newest.
    func isFollowed(_ newest: ServiceKey, at now: NumericDate) -> Bool {
        cutoff(at: now).map { newest.created <= $0 } ?? false
    }

    /// The keys of which every token has ended.
    /// - Parameter keys: an account's own keys, the oldest first.
    static func ended(among keys: [ServiceKey], at now: NumericDate) -> [ServiceKey] {
        zip(keys, keys.dropFirst())
            .filter { $1.created + lead + longestToken + NodeClocks.tolerance <= now }
            .map { key, _ in key }
    }
}
