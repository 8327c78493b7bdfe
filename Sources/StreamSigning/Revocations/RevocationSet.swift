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
    private var storage: Storage?

    /// One reference, however many kinds there are.
    private final class Storage: Sendable {
        let tries: Tries

        init(_ tries: Tries) {
            self.tries = tries
        }
    }

    private struct Tries: Sendable {
        var token = RevocationTrie.empty
        var session = RevocationTrie.empty
        var viewer = RevocationTrie.empty
        var video = RevocationTrie.empty

        subscript(kind: RevocationSubject.Kind) -> RevocationTrie {
            get {
                switch kind {
                case .token: token
                case .session: session
                case .viewer: viewer
                case .video: video
                }
            }
            set {
                switch kind {
                case .token: token = newValue
                case .session: session = newValue
                case .viewer: viewer = newValue
                case .video: video = newValue
                }
            }
        }
    }

    /// A set without revocations.
    public init() {}

    /// A set of these; one that comes twice counts once.
    public init(_ revocations: some Sequence<Revocation>) {
        insert(contentsOf: revocations)
    }

    /// How many there are, those included that have ended and are not removed yet.
    public var count: Int {
        guard let storage else { return 0 }
        return RevocationSubject.Kind.allCases.reduce(0) { $0 + storage.tries[$1].count }
    }

    /// Whether there is none.
    public var isEmpty: Bool { storage == nil }

    /// Adds these. Those that are known already change nothing. Many at a time are cheaper than one by one.
    public mutating func insert(contentsOf revocations: some Sequence<Revocation>) {
        let additions = Dictionary(grouping: revocations, by: \.subject.kind)
        change { tries in
            for (kind, revocations) in additions { tries[kind] = tries[kind].inserting(revocations) }
        }
    }

    /// Takes one out before its time: the tokens it refused are good again, unless another one names them.
    /// - Parameters:
    ///   - id: its name.
    ///   - subject: what it refuses, by which it is found.
    public mutating func remove(_ id: RevocationID, of subject: RevocationSubject) {
        change { $0[subject.kind] = $0[subject.kind].removing(id, of: subject) }
    }

    /// Takes out those that have ended. They count no longer anyway; this gives their memory back.
    public mutating func removeEnded(at now: NumericDate) {
        change { tries in
            for kind in RevocationSubject.Kind.allCases { tries[kind] = tries[kind].removingEnded(at: now) }
        }
    }

    /// All of them, in no particular order.
    package var revocations: [Revocation] {
        guard let tries = storage?.tries else { return [] }
        return RevocationSubject.Kind.allCases.flatMap { kind in
            tries[kind].leaves.flatMap { leaf in (0..<leaf.count).map { leaf.revocation($0, kind: kind) } }
        }
    }

    private mutating func change(_ body: (inout Tries) -> Void) {
        var tries = storage?.tries ?? Tries()
        body(&tries)
        storage = RevocationSubject.Kind.allCases.contains { tries[$0].count > 0 } ? Storage(tries) : nil
    }

    /// The revocation that refuses this token now, the first in the order of ``RevocationSubject/Kind``; nil if none does.
    public func revocation(of token: AuthenticatedToken, at now: NumericDate) -> Revocation? {
        revocation(of: token.claims.revocable, at: now)
    }

    func revocation(of token: @autoclosure () -> RevocableClaims, at now: NumericDate) -> Revocation? {
        guard let tries = storage?.tries else { return nil }
        let token = token()
        return tries.token.match(token.id, of: .token, issuedAt: token.issuedAt, at: now)
            ?? tries.session.match(token.session, of: .session, issuedAt: token.issuedAt, at: now)
            ?? tries.viewer.match(token.viewer, of: .viewer, issuedAt: token.issuedAt, at: now)
            ?? tries.video.match(token.video, of: .video, issuedAt: token.issuedAt, at: now)
    }
}
