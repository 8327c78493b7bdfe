/// Other leaves that are made of one. Each copies runs of entries as they are: a leaf changes far more often than an entry.
extension RevocationLeaf {
    func inserting(_ additions: RevocationAdditions) -> RevocationLeaf {
        var builder = Builder(
            count: count + additions.count,
            textCount: additions.all.reduce(texts.count) { $0 + $1.revocation.textCount },
            hasMoments: !moments.isEmpty || additions.all.contains { $0.revocation.issuedBefore != nil })
        var next = 0
        for (hash, revocation) in additions.all {
            let place = (next..<count).partitioningIndex { !precedes($0, revocation, hash: hash) }
            builder.append(self, next..<place)
            next = place
            // A revocation that is known already comes next, or was added just now.
            guard next == count || entries[next].id != revocation.id, builder.entries.last?.id != revocation.id else {
                continue
            }
            builder.append(revocation, hash: hash)
        }
        builder.append(self, next..<count)
        return RevocationLeaf(builder)
    }

    private func precedes(_ index: Int, _ revocation: Revocation, hash: UInt32) -> Bool {
        let entry = entries[index]
        guard entry.hash == hash else { return entry.hash < hash }
        var id = revocation.subject.id
        let order = id.withUTF8 { self.order(index, $0) }
        guard order == 0 else { return order < 0 }
        let until = revocation.until.seconds
        return entry.until == until ? entry.id < revocation.id : entry.until > until
    }

    /// The entries that are to stay; the same leaf if all are.
    func filter(_ stays: (Entry) -> Bool) -> RevocationLeaf {
        guard !entries.allSatisfy(stays) else { return self }
        return RevocationLeaf(Builder(of: entries.indices(where: stays).ranges.map { (self, $0) }))
    }

    /// One leaf for each child of a branch.
    /// - Parameter depth: of the branch: all entries have the same child of each branch above it.
    func split(depth: Int) -> [RevocationLeaf] {
        var rest = entries.indices
        return (0..<RevocationTrie.childCount).map { child in
            let end = rest.partitioningIndex { RevocationTrie.child(of: entries[$0].hash, depth: depth) > child }
            defer { rest = end..<rest.upperBound }
            return end > rest.lowerBound ? RevocationLeaf(Builder(of: [(self, rest.lowerBound..<end)])) : .empty
        }
    }
}

extension RevocationLeaf {
    /// Makes arrays that are exactly as long as they need to be.
    struct Builder {
        private(set) var entries: [Entry] = []
        private(set) var moments: [Moment] = []
        private(set) var texts: [UInt8] = []

        /// - Parameters:
        ///   - count: how many entries there will be at most.
        ///   - textCount: how many bytes their texts have at most.
        ///   - hasMoments: whether they are of viewers or videos.
        init(count: Int, textCount: Int, hasMoments: Bool) {
            entries.reserveCapacity(count)
            if hasMoments { moments.reserveCapacity(count) }
            texts.reserveCapacity(textCount)
        }

        /// - Parameter runs: entries of leaves, in the order of their hashes.
        init(of runs: [(leaf: RevocationLeaf, indices: Range<Int>)]) {
            self.init(
                count: runs.reduce(0) { $0 + $1.indices.count },
                textCount: runs.reduce(0) { $0 + $1.leaf.textRange(of: $1.indices).count },
                hasMoments: runs.contains { !$0.leaf.moments.isEmpty })
            for (leaf, indices) in runs { append(leaf, indices) }
        }

        mutating func append(_ leaf: RevocationLeaf, _ indices: Range<Int>) {
            let range = leaf.textRange(of: indices)
            let distance = texts.count - range.lowerBound
            texts.append(contentsOf: leaf.texts[range])
            entries.append(
                contentsOf: leaf.entries[indices].lazy.map { Entry($0, textStart: $0.textStart + distance) })
            if !leaf.moments.isEmpty { moments.append(contentsOf: leaf.moments[indices]) }
        }

        mutating func append(_ revocation: Revocation, hash: UInt32) {
            entries.append(Entry(revocation, hash: hash, textStart: texts.count))
            if let issuedBefore = revocation.issuedBefore { moments.append(Moment(issuedBefore: issuedBefore.seconds)) }
            texts.append(UInt8(revocation.subject.id.utf8.count))
            texts.append(contentsOf: revocation.subject.id.utf8)
            texts.append(contentsOf: (revocation.reason ?? "").utf8)
        }

        /// Tells each moment the strongest of its subject, once all entries are in.
        mutating func findStrongest() {
            for index in moments.indices {
                moments[index].strongest = UInt32(index)
                guard index > 0, entries[index].hash == entries[index - 1].hash, isSameSubject(index, index - 1) else {
                    continue
                }
                let strongest = moments[index - 1].strongest
                if moments[Int(strongest)].issuedBefore >= moments[index].issuedBefore {
                    moments[index].strongest = strongest
                }
            }
        }

        private func isSameSubject(_ index: Int, _ other: Int) -> Bool {
            texts[texts.subjectRange(of: entries[index])].elementsEqual(
                texts[texts.subjectRange(of: entries[other])])
        }
    }
}

extension Revocation {
    /// How many bytes it takes among the texts of a leaf.
    fileprivate var textCount: Int { 1 + subject.id.utf8.count + (reason?.utf8.count ?? 0) }
}
