import StreamSigning
import StreamSigningPlatform

/// Genuine tokens that need not be verified again. Each event loop has a cache of its own, so there are no locks.
///
/// A token is found by all its bytes, never by its hash alone. A full cache drops what was not asked for since its hand last
/// passed (the CLOCK algorithm), so tokens that come once do not displace those that come again and again.
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
    /// Where the next sweep begins. Moving the hand instead would skip entries that are next to be dropped.
    private var broom = 0
    private(set) var bytes = 0

    init(_ bounds: Bounds) {
        self.bounds = bounds
        index = Dictionary(minimumCapacity: bounds.entries)
    }

    var count: Int { index.count }

    /// Of its end, which belongs to the signature: 48 bytes of that differ where anything does, and take a tenth of the time.
    static func hash(_ text: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: text.suffix(64)))
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

    /// Looks at some entries and drops those that have expired or lost their key. Called regularly, this frees what is no
    /// longer asked for.
    func sweep(_ limit: Int, at now: NumericDate) {
        for _ in 0..<min(limit, slots.count) {
            if let entry = slots[broom], entry.isDead(at: now) { remove(slot: broom) }
            broom = next(broom)
        }
    }

    /// Frees the slot at the hand, unless its token was used since the last time, and moves the hand on.
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
