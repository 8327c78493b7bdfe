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

    /// What the search reads of a slot. Beside each other, because the tokens themselves lie all over the memory.
    private struct Link {
        let hash: Int
        /// The next slot of the chain; -1 for none.
        var next: Int
    }

    private let bounds: Bounds
    private var slots: [GenuineToken?] = []
    /// One for each slot.
    private var links: [Link] = []
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
        guard let slot = slot(of: hash), let entry = slots[slot],
            entry.text.count == text.count, let start = text.baseAddress,
            memcmp(entry.text, start, text.count) == 0
        else { return nil }
        entry.wasUsed = true
        return entry
    }

    /// Keeps a token, in place of others if need be.
    func insert(_ entry: GenuineToken, at now: NumericDate) {
        guard bounds.entries > 0, entry.cost <= bounds.bytes else { return }
        if let other = slot(of: entry.hash) { remove(slot: other) }
        while count >= bounds.entries || bytes + entry.cost > bounds.bytes { advance(at: now) }
        let chain = chain(of: entry.hash)
        let link = Link(hash: entry.hash, next: chains[chain])
        if let slot = free.popLast() {
            entry.slot = slot
            slots[slot] = entry
            links[slot] = link
        } else {
            entry.slot = slots.count
            slots.append(entry)
            links.append(link)
        }
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
        unchain(slot)
        count -= 1
        bytes -= entry.cost
        slots[slot] = nil
        free.append(slot)
    }

    private func chain(of hash: Int) -> Int { hash & (chains.count - 1) }

    /// Where the one token of that hash is.
    private func slot(of hash: Int) -> Int? {
        var slot = chains[chain(of: hash)]
        while slot >= 0 {
            if links[slot].hash == hash { return slot }
            slot = links[slot].next
        }
        return nil
    }

    private func unchain(_ slot: Int) {
        let chain = chain(of: links[slot].hash)
        let next = links[slot].next
        guard chains[chain] != slot else {
            chains[chain] = next
            return
        }
        var other = chains[chain]
        while links[other].next != slot { other = links[other].next }
        links[other].next = next
    }
}
