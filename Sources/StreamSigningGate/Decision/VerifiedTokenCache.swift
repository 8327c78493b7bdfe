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
    private var slots: [GenuineToken?] = []
    private var free: [Int] = []
    /// The first slot of each chain; -1 for none. The low bits of a token's hash choose its chain. A `Dictionary` would hash the hashes
    /// once more, four times for each new token.
    private var chains: [Int]
    private(set) var count = 0
    private var hand = 0
    /// Where the next sweep begins. Moving the hand instead would skip entries that are next to be dropped.
    private var broom = 0
    private(set) var bytes = 0

    init(_ bounds: Bounds) {
        self.bounds = bounds
        var chainCount = 1
        while chainCount < min(bounds.entries, bounds.bytes / GenuineToken.leastCost) { chainCount *= 2 }
        chains = [Int](repeating: -1, count: chainCount)
    }

    /// Keyed by a random number of this process. Only the last 64 bytes are hashed: they belong to the signature, which differs
    /// wherever anything does, and that takes a tenth of the time.
    static func hash(_ text: UnsafeRawBufferPointer) -> Int {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(rebasing: text.suffix(64)))
        return hasher.finalize()
    }

    /// The token of these bytes. Allocates nothing.
    func find(_ text: UnsafeRawBufferPointer, hash: Int) -> GenuineToken? {
        guard let entry = entry(of: hash), entry.text.count == text.count, let start = text.baseAddress,
            memcmp(entry.text, start, text.count) == 0
        else { return nil }
        entry.wasUsed = true
        return entry
    }

    /// Keeps a token, in place of others if need be.
    func insert(_ entry: GenuineToken, at now: NumericDate) {
        guard bounds.entries > 0, entry.cost <= bounds.bytes else { return }
        if let other = self.entry(of: entry.hash) { remove(slot: other.slot) }
        while count >= bounds.entries || bytes + entry.cost > bounds.bytes { advance(at: now) }
        if let slot = free.popLast() {
            entry.slot = slot
            slots[slot] = entry
        } else {
            entry.slot = slots.count
            slots.append(entry)
        }
        let chain = chain(of: entry.hash)
        entry.next = chains[chain]
        chains[chain] = entry.slot
        count += 1
        bytes += entry.cost
    }

    func remove(_ entry: GenuineToken) {
        if slots.indices.contains(entry.slot), slots[entry.slot] === entry { remove(slot: entry.slot) }
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
        unchain(entry)
        count -= 1
        bytes -= entry.cost
        slots[slot] = nil
        free.append(slot)
    }

    private func chain(of hash: Int) -> Int { hash & (chains.count - 1) }

    /// The one token of that hash.
    private func entry(of hash: Int) -> GenuineToken? {
        var slot = chains[chain(of: hash)]
        while slot >= 0, let entry = slots[slot] {
            if entry.hash == hash { return entry }
            slot = entry.next
        }
        return nil
    }

    private func unchain(_ entry: GenuineToken) {
        let chain = chain(of: entry.hash)
        var slot = chains[chain]
        if slot == entry.slot { chains[chain] = entry.next }
        while slot >= 0, let other = slots[slot] {
            if other.next == entry.slot { other.next = entry.next }
            slot = other.next
        }
    }
}
