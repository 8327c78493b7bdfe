import NIOHTTP1
import StreamSigning
import StreamSigningStore
import StreamSigningWire
import Synchronization

/// A token bucket for each credential: a number of requests a second on average, and twice as many at once.
package final class RateLimiter: Sendable {
    private struct Bucket {
        var tokens: Double
        var filled: ContinuousClock.Instant
    }

    /// How many buckets there may be before those are looked for that are full again, and say nothing.
    private static let manyBuckets = 1024

    private let perSecond: Int
    private let buckets = Mutex<[CredentialID: Bucket]>([:])

    /// - Parameter perSecond: 0 for no limit.
    package init(perSecond: Int) {
        self.perSecond = perSecond
    }

    /// How many credentials it remembers.
    var bucketCount: Int { buckets.withLock { $0.count } }

    /// - Throws: 429 with the seconds to wait.
    func admit(_ credential: CredentialID, at now: ContinuousClock.Instant = .now) throws(APIError) {
        guard perSecond > 0 else { return }
        let rate = Double(perSecond)
        let wait = buckets.withLock { buckets -> Double? in
            if buckets.count >= Self.manyBuckets, buckets[credential] == nil {
                buckets = buckets.filter { $0.value.tokens + (now - $0.value.filled).inSeconds * rate < rate * 2 }
            }
            var bucket = buckets[credential] ?? Bucket(tokens: rate * 2, filled: now)
            bucket.tokens = min(bucket.tokens + (now - bucket.filled).inSeconds * rate, rate * 2)
            bucket.filled = now
            defer { buckets[credential] = bucket }
            guard bucket.tokens >= 1 else { return (1 - bucket.tokens) / rate }
            bucket.tokens -= 1
            return nil
        }
        guard let wait else { return }
        throw APIError(
            .tooManyRequests, APIMessage(.rateLimited, "more than \(perSecond) requests a second"),
            fields: [("Retry-After", String(Int(wait.rounded(.up))))])
    }
}
