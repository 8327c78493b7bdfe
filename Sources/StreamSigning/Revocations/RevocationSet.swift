/// The revocations a verifier obeys: an immutable value beside ``KeySet``.
///
/// ```swift
/// let verifier = TokenVerifier(keys: keys, revocations: RevocationSet([revocation]))
/// ```
///
/// Copies share what they have in common, so a copy with one revocation more is cheap however many there are. A lookup compares
/// a few hashes, and only where they agree the bytes. A revocation takes 33 bytes and those of its subject's id and its reason, 16
/// more with a viewer or a video, and a few for the tree that finds it.
public struct RevocationSet: Sendable {
    /// Of each ``RevocationSubject/Kind`` one, in their order; none without a revocation, so that a verifier that has none sees
    /// it at once.
    private var tries: [RevocationTrie] = []

    /// A set without revocations.
    public init() {}

    /// A set of these; one that comes twice counts once.
    public init(_ revocations: some Sequence<Revocation>) {
        insert(contentsOf: revocations)
    }

    /// How many there are, those included that have ended and are not removed yet. With many it takes a while to count them.
    public var count: Int { tries.reduce(0) { $0 + $1.count } }

    /// Whether there is none.
    public var isEmpty: Bool { tries.isEmpty }

    /// Adds these. Those that are known already change nothing. Many at a time are cheaper than one by one.
    public mutating func insert(contentsOf revocations: some Sequence<Revocation>) {
        let revocations = Array(revocations)
        guard !revocations.isEmpty else { return }
        change { tries in
            for kind in RevocationSubject.Kind.allCases {
                tries[kind.position].insert(RevocationAdditions(revocations, of: kind))
            }
        }
    }

    /// Takes one out before its time: the tokens it refused are good again, unless another one names them.
    /// - Parameters:
    ///   - id: its name.
    ///   - subject: what it refuses, by which it is found.
    public mutating func remove(_ id: RevocationID, of subject: RevocationSubject) {
        change { $0[subject.kind.position].remove(id, of: subject) }
    }

    /// Takes out those that have ended. They count no longer anyway; this gives their memory back.
    public mutating func removeEnded(at now: NumericDate) {
        change { tries in
            for index in tries.indices { tries[index].removeEnded(at: now) }
        }
    }

    private mutating func change(_ body: (inout [RevocationTrie]) -> Void) {
        if tries.isEmpty { tries = RevocationSubject.Kind.allCases.map { _ in .empty } }
        body(&tries)
        if tries.allSatisfy(\.isEmpty) { tries = [] }
    }

    /// All of them, in no particular order.
    package var revocations: [Revocation] {
        zip(RevocationSubject.Kind.allCases, tries).flatMap { kind, trie in
            trie.leaves.flatMap { leaf in (0..<leaf.count).map { leaf.revocation($0, kind: kind) } }
        }
    }

    /// The revocation that refuses this token now, the first in the order of ``RevocationSubject/Kind``; nil if none does.
    public func revocation(of token: AuthenticatedToken, at now: NumericDate) -> Revocation? {
        revocation(of: token.claims.revocable, at: now)
    }

    func revocation(of token: @autoclosure () -> RevocableClaims, at now: NumericDate) -> Revocation? {
        guard !tries.isEmpty else { return nil }
        let token = token()
        return match(.token, token.id, token.issuedAt, now) ?? match(.session, token.session, token.issuedAt, now)
            ?? match(.viewer, token.viewer, token.issuedAt, now) ?? match(.video, token.video, token.issuedAt, now)
    }

    private func match(
        _ kind: RevocationSubject.Kind, _ id: String?, _ issuedAt: NumericDate?, _ now: NumericDate
    ) -> Revocation? {
        id.flatMap { tries[kind.position].match($0, of: kind, issuedAt: issuedAt, at: now) }
    }
}

extension RevocationSubject.Kind {
    /// The place among all kinds.
    fileprivate var position: Int {
        switch self {
        case .token: 0
        case .session: 1
        case .viewer: 2
        case .video: 3
        }
    }
}
