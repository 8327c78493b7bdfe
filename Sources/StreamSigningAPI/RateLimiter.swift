import NIOHTTP1
import StreamSigning
import StreamSigningWire
import Synchronization

/// A token bucket for each subject, such as a credential or an address: a number of events a second on average, and twice as many at
/// once.
package final class RateLimiter<Subject: Hashable & Sendable>: Sendable {
    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    private struct State {
        var buckets: [Subject: Bucket] = [:]
        /// How many there may be before those are looked for that are full again, and say nothing.
        var many = RateLimiter<Subject>.fewBuckets
    }

    private static var fewBuckets: Int { 1024 }
    /// Nobody new is admitted beyond it. Each bucket takes some 64 bytes, and is full again after two seconds.
    private static var mostBuckets: Int { 1 << 17 }

    private let perSecond: Int
    private let events: String
    private let state = Mutex(State())

    /// - Parameters:
    ///   - perSecond: 0 for no limit.
    ///   - events: what there are too many of, for the refusal.
    package init(perSecond: Int, of events: String) {
        self.perSecond = perSecond
        self.events = events
    }

    private var rate: Double { Double(perSecond) }
    /// What a full bucket holds.
    private var capacity: Double { rate * 2 }

    /// How many subjects it remembers.
    var bucketCount: Int { state.withLock { $0.buckets.count } }

    /// - Throws: 429 with the seconds to wait.
    func admit(_ subject: Subject, at now: ContinuousClock.Instant = .now) throws(APIError) {
        guard perSecond > 0 else { return }
        let wait = state.withLock { state -> Double? in
            guard hasRoom(for: subject, at: now, &state) else { return 1 }
            var bucket = state.buckets[subject] ?? Bucket(tokens: capacity, filled: now)
            bucket.tokens = tokens(in: bucket, at: now)
            bucket.filled = now
            defer { state.buckets[subject] = bucket }
            guard bucket.tokens >= 1 else { return (1 - bucket.tokens) / rate }
            bucket.tokens -= 1
            return nil
        }
        guard let wait else { return }
        throw APIError(
            .tooManyRequests, APIMessage(.rateLimited, "more than \(perSecond) \(events) a second"),
            fields: [("Retry-After", String(Int(wait.rounded(.up))))])
    }

    private func tokens(in bucket: Bucket, at now: ContinuousClock.Instant) -> Double {
        min(bucket.tokens + (now - bucket.filled).inSeconds * rate, capacity)
    }

    /// Forgets full buckets when there are many. After that as many again have to come first, so that a crowd costs each of its members
    /// the same.
    private func hasRoom(for subject: Subject, at now: ContinuousClock.Instant, _ state: inout State) -> Bool {
        guard state.buckets.count >= state.many, state.buckets[subject] == nil else { return true }
        state.buckets = state.buckets.filter { tokens(in: $0.value, at: now) < capacity }
        state.many = min(max(Self.fewBuckets, state.buckets.count * 2), Self.mostBuckets)
        return state.buckets.count < Self.mostBuckets
    }
}
