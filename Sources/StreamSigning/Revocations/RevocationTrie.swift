/// Revocations of one kind of subject, found by a hash of the subject: a tree of branches, each by four more bits of the hash,
/// down to leaves of some hundred entries.
///
/// An immutable value: a change copies one leaf and the few branches above it, and shares the rest.
enum RevocationTrie: Sendable {
    case leaf(RevocationLeaf)
    case branch(RevocationBranch)

    static let empty = RevocationTrie.leaf(.empty)

    /// How many entries a leaf may have before it becomes a branch. Entries of one subject cannot be told apart by its hash, so
    /// below the last branch there is no limit.
    private static let leafCapacity = 512

    var count: Int {
        switch self {
        case .leaf(let leaf): leaf.count
        case .branch(let branch): branch.count
        }
    }

    /// The strongest revocation in force that refuses a token which says this of itself.
    /// - Parameter id: the claim; nil if the token does not have it.
    func match(
        _ id: String?, of kind: RevocationSubject.Kind, issuedAt: NumericDate?, at now: NumericDate
    ) -> Revocation? {
        guard var id, count > 0 else { return nil }
        return id.withUTF8 { bytes in
            match(bytes, hash: Self.hash(bytes), depth: 0, of: kind, issuedAt: issuedAt, at: now)
        }
    }

    private func match(
        _ id: UnsafeBufferPointer<UInt8>, hash: UInt64, depth: Int, of kind: RevocationSubject.Kind,
        issuedAt: NumericDate?, at now: NumericDate
    ) -> Revocation? {
        switch self {
        case .leaf(let leaf):
            return leaf.firstMatch(hash: hash, id: id, issuedAt: issuedAt, at: now)
                .map { leaf.revocation($0, kind: kind) }
        case .branch(let branch):
            return branch.children[RevocationBranch.child(of: hash, depth: depth)]
                .match(id, hash: hash, depth: depth + 1, of: kind, issuedAt: issuedAt, at: now)
        }
    }

    func inserting(_ revocations: [Revocation]) -> RevocationTrie {
        let additions = revocations.map { RevocationLeaf.Addition($0, hash: Self.hash($0.subject.id)) }
        return inserting(additions.sorted(by: <)[...], depth: 0)
    }

    private func inserting(_ additions: ArraySlice<RevocationLeaf.Addition>, depth: Int) -> RevocationTrie {
        guard !additions.isEmpty else { return self }
        switch self {
        case .leaf(let leaf):
            guard leaf.count + additions.count > Self.leafCapacity, depth < RevocationBranch.maximumDepth else {
                return .leaf(leaf.inserting(additions))
            }
            let children = leaf.split(depth: depth).map(RevocationTrie.leaf)
            return RevocationTrie.branch(RevocationBranch(children)).inserting(additions, depth: depth)
        case .branch(let branch):
            var rest = additions
            let children = branch.children.enumerated().map { index, child in
                let own = rest.prefix { RevocationBranch.child(of: $0.hash, depth: depth) == index }
                rest = rest.dropFirst(own.count)
                return child.inserting(own, depth: depth + 1)
            }
            return .branch(RevocationBranch(children))
        }
    }

    func removing(_ id: RevocationID, of subject: RevocationSubject) -> RevocationTrie {
        removing(id, hash: Self.hash(subject.id), depth: 0)
    }

    private func removing(_ id: RevocationID, hash: UInt64, depth: Int) -> RevocationTrie {
        switch self {
        case .leaf(let leaf):
            return .leaf(leaf.removing(id))
        case .branch(let branch):
            var children = branch.children
            let index = RevocationBranch.child(of: hash, depth: depth)
            children[index] = children[index].removing(id, hash: hash, depth: depth + 1)
            return RevocationBranch(children).pruned
        }
    }

    func removingEnded(at now: NumericDate) -> RevocationTrie {
        switch self {
        case .leaf(let leaf): .leaf(leaf.filter { $0.until > now.seconds })
        case .branch(let branch): RevocationBranch(branch.children.map { $0.removingEnded(at: now) }).pruned
        }
    }

    /// The leaves, in the order of the hashes.
    var leaves: [RevocationLeaf] {
        switch self {
        case .leaf(let leaf): [leaf]
        case .branch(let branch): branch.children.flatMap(\.leaves)
        }
    }

    /// Seeded for this process, so that nobody can choose subjects that collide.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        return UInt64(truncatingIfNeeded: hasher.finalize())
    }

    static func hash(_ text: String) -> UInt64 {
        var text = text
        return text.withUTF8(hash)
    }
}

/// A node of a ``RevocationTrie`` with a child for each value of four bits of the hash.
final class RevocationBranch: Sendable {
    let children: [RevocationTrie]
    let count: Int

    /// Bits of a hash, from the highest, that decide between children.
    private static let bitsPerLevel = 4
    static let childCount = 1 << bitsPerLevel
    static let maximumDepth = UInt64.bitWidth / bitsPerLevel

    init(_ children: [RevocationTrie]) {
        self.children = children
        count = children.reduce(0) { $0 + $1.count }
    }

    static func child(of hash: UInt64, depth: Int) -> Int {
        Int(truncatingIfNeeded: hash >> (UInt64.bitWidth - bitsPerLevel * (depth + 1))) & (childCount - 1)
    }

    /// As a single leaf if little is left.
    var pruned: RevocationTrie {
        guard count <= 64 else { return .branch(self) }
        return .leaf(RevocationLeaf(joining: RevocationTrie.branch(self).leaves))
    }
}
