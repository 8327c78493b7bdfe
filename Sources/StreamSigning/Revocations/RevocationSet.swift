/// The revocations a verifier obeys: an immutable value beside ``KeySet``.
///
/// ```swift
/// let verifier = TokenVerifier(keys: keys, revocations: RevocationSet([revocation]))
/// ```
///
/// Copies share what they have in common, so a copy with one revocation more costs microseconds however many there are. A
/// lookup takes the same time for one and for a million, and allocates nothing unless it finds something. A million
/// revocations of ids with 22 characters take about 80 MiB.
public struct RevocationSet: Sendable {
    /// nil without a revocation, so that a verifier that has none sees it at once.
    private var index: RevocationIndex?

    /// A set without revocations.
    public init() {}

    /// A set of these; one that comes twice counts once.
    public init(_ revocations: some Sequence<Revocation>) {
        insert(contentsOf: revocations)
    }

    /// How many there are, those included that have ended and are not removed yet.
    public var count: Int { index?.count ?? 0 }

    /// Whether there is none.
    public var isEmpty: Bool { index == nil }

    /// Adds these. Those that are known already change nothing. Many at a time are cheaper than one by one.
    public mutating func insert(contentsOf revocations: some Sequence<Revocation>) {
        let additions = Dictionary(grouping: revocations, by: \.subject.kind)
        change { kind, trie in additions[kind].map { trie.inserting($0) } ?? trie }
    }

    /// Takes one out before its time: the tokens it refused are good again, unless another one names them.
    /// - Parameters:
    ///   - id: its name.
    ///   - subject: what it refuses, by which it is found.
    public mutating func remove(_ id: RevocationID, of subject: RevocationSubject) {
        change { kind, trie in kind == subject.kind ? trie.removing(id, of: subject) : trie }
    }

    /// Takes out those that have ended. They count no longer anyway; this gives their memory back.
    public mutating func removeEnded(at now: NumericDate) {
        change { _, trie in trie.removingEnded(at: now) }
    }

    /// All of them, in no particular order.
    package var revocations: [Revocation] {
        guard let index else { return [] }
        return RevocationSubject.Kind.allCases.flatMap { kind in
            index[kind].leaves.flatMap { leaf in (0..<leaf.count).map { leaf.revocation($0, kind: kind) } }
        }
    }

    private mutating func change(_ body: (RevocationSubject.Kind, RevocationTrie) -> RevocationTrie) {
        let next = RevocationIndex { kind in body(kind, index?[kind] ?? .empty) }
        index = next.count > 0 ? next : nil
    }

    /// The revocation that refuses this token now, the first in the order of ``RevocationSubject/Kind``; nil if none does.
    public func revocation(of token: AuthenticatedToken, at now: NumericDate) -> Revocation? {
        revocation(of: token.claims.revocable, at: now)
    }

    func revocation(of token: @autoclosure () -> RevocableClaims, at now: NumericDate) -> Revocation? {
        guard let index else { return nil }
        return index.revocation(of: token(), at: now)
    }
}
