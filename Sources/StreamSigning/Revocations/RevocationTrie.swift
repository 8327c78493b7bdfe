/// Revocations of one kind of subject, found by a hash of the subject: a tree of branches, each by four more bits of the hash,
/// down to leaves of some hundred entries.
///
/// A change copies one leaf and the few branches above it, and shares the rest with other copies. Where there is no other copy,
/// it happens in place.
enum RevocationTrie: Sendable {
    case empty
    case leaf(RevocationLeaf)
    /// A child for each value of four bits of the hash.
    case branch([RevocationTrie])

    /// Bits of a hash, from the highest, that decide between the children of a branch.
    private static let bitsPerLevel = 4
    static let childCount = 1 << bitsPerLevel
    private static let maximumDepth = UInt32.bitWidth / bitsPerLevel

    /// How many entries a leaf may have before it becomes a branch. Entries of one subject cannot be told apart by its hash, so
    /// below the last branch there is no limit.
    private static let leafCapacity = 512
    /// How few entries of a branch become a leaf again.
    private static let smallestBranch = 64

    private init(_ leaf: RevocationLeaf) {
        self = leaf.count > 0 ? .leaf(leaf) : .empty
    }

    var isEmpty: Bool {
        if case .empty = self { true } else { false }
    }

    var count: Int { leaves.reduce(0) { $0 + $1.count } }

    /// The leaves, in the order of the hashes.
    var leaves: [RevocationLeaf] {
        switch self {
        case .empty: []
        case .leaf(let leaf): [leaf]
        case .branch(let children): children.flatMap(\.leaves)
        }
    }

    static func child(of hash: UInt32, depth: Int) -> Int {
        Int(truncatingIfNeeded: hash >> (UInt32.bitWidth - bitsPerLevel * (depth + 1))) & (childCount - 1)
    }

    /// Seeded for this process, so that nobody can choose subjects that collide.
    static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt32 {
        var hasher = Hasher()
        hasher.combine(bytes: UnsafeRawBufferPointer(bytes))
        return UInt32(truncatingIfNeeded: hasher.finalize())
    }

    static func hash(_ text: String) -> UInt32 {
        var text = text
        return text.withUTF8(hash)
    }
}

/// Lookups.
extension RevocationTrie {
    /// The strongest revocation in force that refuses a token which says this of itself.
    func match(
        _ id: String, of kind: RevocationSubject.Kind, issuedAt: NumericDate?, at now: NumericDate
    ) -> Revocation? {
        guard !isEmpty else { return nil }
        var id = id
        return id.withUTF8 { bytes in
            match(bytes, hash: Self.hash(bytes), depth: 0, of: kind, issuedAt: issuedAt, at: now)
        }
    }

    private func match(
        _ id: UnsafeBufferPointer<UInt8>, hash: UInt32, depth: Int, of kind: RevocationSubject.Kind,
        issuedAt: NumericDate?, at now: NumericDate
    ) -> Revocation? {
        switch self {
        case .empty:
            return nil
        case .leaf(let leaf):
            return leaf.firstMatch(hash: hash, id: id, issuedAt: issuedAt, at: now)
                .map { leaf.revocation($0, kind: kind) }
        case .branch(let children):
            return children[Self.child(of: hash, depth: depth)]
                .match(id, hash: hash, depth: depth + 1, of: kind, issuedAt: issuedAt, at: now)
        }
    }
}

/// Changes.
extension RevocationTrie {
    mutating func insert(_ additions: RevocationAdditions, depth: Int = 0) {
        guard !additions.isEmpty else { return }
        let leaf: RevocationLeaf
        switch self {
        case .branch:
            return changeChildren { children in
                var rest = additions
                for index in children.indices {
                    children[index].insert(rest.take(forChild: index, depth: depth), depth: depth + 1)
                }
            }
        case .leaf(let present): leaf = present
        case .empty: leaf = .empty
        }
        if leaf.count + additions.count <= Self.leafCapacity || depth == Self.maximumDepth {
            self = .leaf(leaf.inserting(additions))
        } else {
            self = .branch(leaf.split(depth: depth).map { RevocationTrie($0) })
            insert(additions, depth: depth)
        }
    }

    mutating func remove(_ id: RevocationID, of subject: RevocationSubject) {
        remove(id, hash: Self.hash(subject.id), depth: 0)
    }

    private mutating func remove(_ id: RevocationID, hash: UInt32, depth: Int) {
        switch self {
        case .empty: return
        case .leaf(let leaf): self = RevocationTrie(leaf.filter { $0.id != id })
        case .branch:
            changeChildren { $0[Self.child(of: hash, depth: depth)].remove(id, hash: hash, depth: depth + 1) }
            prune()
        }
    }

    mutating func removeEnded(at now: NumericDate) {
        switch self {
        case .empty: return
        case .leaf(let leaf): self = RevocationTrie(leaf.filter { $0.until > now.seconds })
        case .branch:
            changeChildren { children in
                for index in children.indices { children[index].removeEnded(at: now) }
            }
            prune()
        }
    }

    /// Lets go of the children while they change, so that what no other copy holds is changed in place, and the memory of each
    /// leaf is free as soon as the next one takes its place.
    private mutating func changeChildren(_ body: (inout [RevocationTrie]) -> Void) {
        guard case .branch(var children) = self else { return }
        self = .empty
        body(&children)
        self = .branch(children)
    }

    /// Makes a leaf of a branch with few entries.
    private mutating func prune() {
        guard case .branch(let children) = self else { return }
        var count = 0
        for child in children {
            switch child {
            case .empty: continue
            case .leaf(let leaf): count += leaf.count
            // Has more than few by itself.
            case .branch: return
            }
        }
        guard count <= Self.smallestBranch else { return }
        self = RevocationTrie(RevocationLeaf(joining: leaves))
    }
}
