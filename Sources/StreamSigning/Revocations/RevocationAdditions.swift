/// Revocations of one kind of subject on their way into a ``RevocationTrie``, in the order of its leaves: hash, subject, end, the
/// latest first, and with equal subjects and ends by id.
///
/// What is sorted are hashes and numbers. The revocations themselves stay where they are, because there may be many thousands.
struct RevocationAdditions {
    private struct Place {
        /// Of the subject.
        let hash: UInt32
        let index: UInt32
    }

    private let revocations: [Revocation]
    private var places: ArraySlice<Place>

    /// - Parameters:
    ///   - kind: of which subjects; the others are left out.
    ///   - hash: of a subject.
    init(
        _ revocations: [Revocation], of kind: RevocationSubject.Kind,
        hash: (String) -> UInt32 = { RevocationTrie.hash($0) }
    ) {
        self.revocations = revocations
        var places: [Place] = []
        for (index, revocation) in revocations.enumerated() where revocation.subject.kind == kind {
            places.append(Place(hash: hash(revocation.subject.id), index: UInt32(index)))
        }
        places.sort { left, right in
            guard left.hash == right.hash else { return left.hash < right.hash }
            return revocations[Int(left.index)].precedes(revocations[Int(right.index)])
        }
        self.places = places[...]
    }

    var isEmpty: Bool { places.isEmpty }

    var count: Int { places.count }

    /// The hash of the subject comes with each.
    var all: some Sequence<(hash: UInt32, revocation: Revocation)> {
        places.lazy.map { [revocations] in ($0.hash, revocations[Int($0.index)]) }
    }

    /// Takes those out that come first and belong to a child of a branch.
    mutating func take(forChild child: Int, depth: Int) -> RevocationAdditions {
        let end = places.indices.partitioningIndex {
            RevocationTrie.child(of: places[$0].hash, depth: depth) > child
        }
        var own = self
        own.places = places[..<end]
        places = places[end...]
        return own
    }
}

extension Revocation {
    /// The order of those whose subjects have one hash.
    fileprivate func precedes(_ other: Revocation) -> Bool {
        var (own, others) = (subject.id, other.subject.id)
        let order = own.withUTF8 { own in others.withUTF8 { own.order(to: $0) } }
        guard order == 0 else { return order < 0 }
        return until == other.until ? id < other.id : until > other.until
    }
}
