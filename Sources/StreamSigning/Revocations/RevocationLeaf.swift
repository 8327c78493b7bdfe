/// Some entries of a ``RevocationTrie`` in three arrays without gaps, ordered by hash, then subject, then end, the latest
/// first.
///
/// The order puts the entries of one subject that are in force at any moment side by side, from its first one on. Each entry
/// knows the strongest of those up to itself, so one binary search decides, however many name the same subject.
final class RevocationLeaf: Sendable {
    private let hashes: [UInt64]
    private let entries: [Entry]
    /// Of each entry the subject, then the reason.
    private let texts: [UInt8]

    static let empty = RevocationLeaf(Builder(count: 0, textCount: 0))

    /// A revocation in 48 bytes. Its times are whole seconds since 1970.
    struct Entry {
        let id: RevocationID
        let created: Int64
        /// `Int64.max` if every token is meant.
        let issuedBefore: Int64
        private let lifetime: UInt32
        /// The index of the entry with the latest ``issuedBefore`` among those of the same subject up to this one.
        fileprivate(set) var strongest: UInt32 = 0
        /// Where the texts begin, times 65,536, plus the count of the subject's bytes, times 256, plus the count of the
        /// reason's.
        private let text: UInt64

        fileprivate init(_ revocation: Revocation, textStart: Int) {
            id = revocation.id
            created = revocation.created.seconds
            issuedBefore = revocation.issuedBefore?.seconds ?? .max
            lifetime = UInt32(clamping: revocation.until.seconds - revocation.created.seconds)
            let counts = (revocation.subject.id.utf8.count, revocation.reason?.utf8.count ?? 0)
            text =
                UInt64(truncatingIfNeeded: textStart) << 16 | UInt64(UInt8(clamping: counts.0)) << 8
                | UInt64(UInt8(clamping: counts.1))
        }

        fileprivate init(_ entry: Entry, textStart: Int) {
            id = entry.id
            created = entry.created
            issuedBefore = entry.issuedBefore
            lifetime = entry.lifetime
            text = UInt64(truncatingIfNeeded: textStart) << 16 | entry.text & 0xFFFF
        }

        var until: Int64 { created + Int64(lifetime) }

        fileprivate var subjectRange: Range<Int> {
            let start = Int(truncatingIfNeeded: text >> 16)
            return start..<start + Int(text >> 8 & 0xFF)
        }

        fileprivate var reasonRange: Range<Int> {
            let start = subjectRange.upperBound
            return start..<start + Int(text & 0xFF)
        }

        fileprivate var textRange: Range<Int> { subjectRange.lowerBound..<reasonRange.upperBound }
    }

    private init(_ builder: Builder) {
        hashes = builder.hashes
        entries = builder.entries
        texts = builder.texts
    }

    var count: Int { entries.count }

    /// The index of the strongest entry in force that refuses a token which names this subject.
    func firstMatch(
        hash: UInt64, id: UnsafeBufferPointer<UInt8>, issuedAt: NumericDate?, at now: NumericDate
    ) -> Int? {
        let start = hashes.withUnsafeBufferPointer { hashes in
            hashes.indices.partitioningIndex { hashes[$0] >= hash }
        }
        guard start < hashes.count, hashes[start] == hash else { return nil }
        let end = (start..<hashes.count).partitioningIndex { index in
            guard hashes[index] == hash else { return true }
            let order = order(index, id)
            return order == 0 ? entries[index].until <= now.seconds : order > 0
        }
        guard end > start, order(end - 1, id) == 0 else { return nil }
        let strongest = Int(entries[end - 1].strongest)
        // A whole second, so the fraction of `iat` does not matter.
        guard let issuedAt, issuedAt.seconds >= entries[strongest].issuedBefore else { return strongest }
        return nil
    }

    func revocation(_ index: Int, kind: RevocationSubject.Kind) -> Revocation {
        let entry = entries[index]
        let text = { [texts] (range: Range<Int>) in String(decoding: texts[range], as: UTF8.self) }
        return Revocation(
            checked: entry.id, subject: RevocationSubject(checked: text(entry.subjectRange), kind: kind),
            issuedBefore: entry.issuedBefore == .max ? nil : NumericDate(secondsSince1970: entry.issuedBefore),
            until: NumericDate(secondsSince1970: entry.until), created: NumericDate(secondsSince1970: entry.created),
            reason: entry.reasonRange.isEmpty ? nil : text(entry.reasonRange))
    }

    /// Less than 0 if an entry's subject comes before `id`, 0 if it is the same, more if it comes after.
    private func order(_ index: Int, _ id: UnsafeBufferPointer<UInt8>) -> Int {
        texts.withUnsafeBufferPointer { texts in
            UnsafeBufferPointer(rebasing: texts[entries[index].subjectRange]).order(to: id)
        }
    }
}

extension RevocationLeaf {
    /// A revocation on its way into a leaf.
    struct Addition: Comparable {
        let revocation: Revocation
        let hash: UInt64

        init(_ revocation: Revocation, hash: UInt64) {
            self.revocation = revocation
            self.hash = hash
        }

        /// The order of a leaf; with equal subjects and ends by id.
        static func < (left: Addition, right: Addition) -> Bool {
            guard left.hash == right.hash else { return left.hash < right.hash }
            var (subject, other) = (left.revocation.subject.id, right.revocation.subject.id)
            let order = subject.withUTF8 { subject in other.withUTF8 { subject.order(to: $0) } }
            guard order == 0 else { return order < 0 }
            let (until, otherUntil) = (left.revocation.until, right.revocation.until)
            return until == otherUntil ? left.revocation.id < right.revocation.id : until > otherUntil
        }
    }

    func inserting(_ additions: ArraySlice<Addition>) -> RevocationLeaf {
        let textCount = additions.reduce(texts.count) { sum, addition in
            sum + addition.revocation.subject.id.utf8.count + (addition.revocation.reason?.utf8.count ?? 0)
        }
        var builder = Builder(count: count + additions.count, textCount: textCount)
        var next = 0
        for addition in additions {
            while next < count, precedes(next, addition) {
                builder.append(self, next)
                next += 1
            }
            // A revocation that is known already comes next, or was added just now.
            guard next == count || entries[next].id != addition.revocation.id,
                builder.entries.last?.id != addition.revocation.id
            else { continue }
            builder.append(addition)
        }
        while next < count {
            builder.append(self, next)
            next += 1
        }
        return RevocationLeaf(builder)
    }

    private func precedes(_ index: Int, _ addition: Addition) -> Bool {
        guard hashes[index] == addition.hash else { return hashes[index] < addition.hash }
        var id = addition.revocation.subject.id
        let order = id.withUTF8 { self.order(index, $0) }
        guard order == 0 else { return order < 0 }
        let (entry, until) = (entries[index], addition.revocation.until.seconds)
        return entry.until == until ? entry.id < addition.revocation.id : entry.until > until
    }

    /// The entries that are to stay; the same leaf if all are.
    func filter(_ stays: (Entry) -> Bool) -> RevocationLeaf {
        guard !entries.allSatisfy(stays) else { return self }
        let indices = entries.indices.filter { stays(entries[$0]) }
        return RevocationLeaf(Builder(of: indices.map { (self, $0) }))
    }

    /// One leaf for each child of a branch.
    func split(depth: Int) -> [RevocationLeaf] {
        let children = Dictionary(grouping: hashes.indices) { RevocationTrie.child(of: hashes[$0], depth: depth) }
        return (0..<RevocationTrie.childCount).map { child in
            children[child].map { indices in RevocationLeaf(Builder(of: indices.map { (self, $0) })) } ?? .empty
        }
    }

    /// - Parameter leaves: in the order of their hashes.
    convenience init(joining leaves: [RevocationLeaf]) {
        self.init(Builder(of: leaves.flatMap { leaf in leaf.entries.indices.map { (leaf, $0) } }))
    }

    /// Makes arrays that are exactly as long as they need to be.
    private struct Builder {
        private(set) var hashes: [UInt64] = []
        private(set) var entries: [Entry] = []
        private(set) var texts: [UInt8] = []

        init(count: Int, textCount: Int) {
            hashes.reserveCapacity(count)
            entries.reserveCapacity(count)
            texts.reserveCapacity(textCount)
        }

        init(of entries: [(leaf: RevocationLeaf, index: Int)]) {
            let textCount = entries.reduce(0) { $0 + $1.leaf.entries[$1.index].textRange.count }
            self.init(count: entries.count, textCount: textCount)
            for (leaf, index) in entries { append(leaf, index) }
        }

        mutating func append(_ leaf: RevocationLeaf, _ index: Int) {
            append(leaf.hashes[index], Entry(leaf.entries[index], textStart: texts.count)) {
                $0.append(contentsOf: leaf.texts[leaf.entries[index].textRange])
            }
        }

        mutating func append(_ addition: Addition) {
            append(addition.hash, Entry(addition.revocation, textStart: texts.count)) {
                $0.append(contentsOf: addition.revocation.subject.id.utf8)
                $0.append(contentsOf: (addition.revocation.reason ?? "").utf8)
            }
        }

        private mutating func append(_ hash: UInt64, _ entry: Entry, texts append: (inout [UInt8]) -> Void) {
            var entry = entry
            append(&texts)
            entry.strongest = UInt32(clamping: entries.count)
            if let last = entries.last, hashes.last == hash,
                texts[last.subjectRange].elementsEqual(texts[entry.subjectRange]),
                entries[Int(last.strongest)].issuedBefore >= entry.issuedBefore
            {
                entry.strongest = last.strongest
            }
            hashes.append(hash)
            entries.append(entry)
        }
    }
}

extension Range<Int> {
    /// The first index at which `isAfter` holds, which then holds at all that follow; the end if it holds at none.
    fileprivate func partitioningIndex(_ isAfter: (Int) -> Bool) -> Int {
        var (low, high) = (lowerBound, upperBound)
        while low < high {
            let middle = low + (high - low) / 2
            if isAfter(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
