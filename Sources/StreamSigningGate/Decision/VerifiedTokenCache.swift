import StreamSigning
import StreamSigningPlatform

/// Genuine tokens that need not be verified again: one cache for each event loop, so nobody waits for a lock.
///
/// A token is found by all its bytes, never by its hash alone. Full, the cache gives up what was not asked for since the
/// clock's hand last came by (second chance), so tokens that come once do not drive out those that come again and again.
final class VerifiedTokenCache {
    /// What a cache may hold.
    struct Bounds: Sendable {
        var entries: Int
        var bytes: Int
    }

    private let bounds: Bounds
    private var slots: [CachedToken?] = []
    private var free: [Int] = []
    /// Slots by the hash of their token, which is keyed by a random number of this process.
    private var index: [Int: Int]
    private var hand = 0
    /// Where the next sweep begins. Not at the hand, which would pass by entries whose turn it is to go.
    private var broom = 0
    private(set) var bytes = 0

    init(_ bounds: Bounds) {
        self.bounds = bounds
        index = Dictionary(minimumCapacity: bounds.entries)
    }

    var count: Int { index.count }

    static func hash(_ text: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: text)
        return hasher.finalize()
    }

    /// The token of these bytes. Allocates nothing.
    func find(_ text: UnsafeRawBufferPointer, hash: Int) -> CachedToken? {
        guard let slot = index[hash], let entry = slots[slot], entry.text.count == text.count,
            let start = text.baseAddress, memcmp(entry.text, start, text.count) == 0
        else { return nil }
        entry.wasUsed = true
        return entry
    }

    /// Keeps a token, in place of others if need be.
    func insert(_ entry: CachedToken, at now: NumericDate) {
        guard bounds.entries > 0, entry.cost <= bounds.bytes else { return }
        if let slot = index[entry.hash] { remove(slot: slot) }
        while count >= bounds.entries || bytes + entry.cost > bounds.bytes { advance(at: now) }
        if let slot = free.popLast() {
            slots[slot] = entry
            index[entry.hash] = slot
        } else {
            index[entry.hash] = slots.count
            slots.append(entry)
        }
        bytes += entry.cost
    }

    func remove(_ entry: CachedToken) {
        if let slot = index[entry.hash], slots[slot] === entry { remove(slot: slot) }
    }

    /// Looks at some entries and drops those that have expired or lost their key. Called now and then, this frees what
    /// nobody asks for any more.
    func sweep(_ limit: Int, at now: NumericDate) {
        for _ in 0..<min(limit, slots.count) {
            if let entry = slots[broom], entry.isDead(at: now) { remove(slot: broom) }
            broom = next(broom)
        }
    }

    /// Moves the hand by one slot and frees it, unless its token deserves a second chance.
    private func advance(at now: NumericDate) {
        if let entry = slots[hand] {
            if entry.wasUsed, !entry.isDead(at: now) {
                entry.wasUsed = false
            } else {
                remove(slot: hand)
            }
        }
        hand = next(hand)
    }

    private func next(_ slot: Int) -> Int {
        slot + 1 < slots.count ? slot + 1 : 0
    }

    private func remove(slot: Int) {
        guard let entry = slots[slot] else { return }
        index[entry.hash] = nil
        bytes -= entry.cost
        slots[slot] = nil
        free.append(slot)
    }
}
