/// The revocations of a set by what they name: one object, so that a set is one reference.
final class RevocationIndex: Sendable {
    let count: Int
    private let token: RevocationTrie
    private let session: RevocationTrie
    private let viewer: RevocationTrie
    private let video: RevocationTrie

    init(_ trie: (RevocationSubject.Kind) -> RevocationTrie) {
        token = trie(.token)
        session = trie(.session)
        viewer = trie(.viewer)
        video = trie(.video)
        count = token.count + session.count + viewer.count + video.count
    }

    subscript(kind: RevocationSubject.Kind) -> RevocationTrie {
        switch kind {
        case .token: token
        case .session: session
        case .viewer: viewer
        case .video: video
        }
    }

    /// The first in the order of ``RevocationSubject/Kind`` that refuses a token.
    func revocation(of claims: RevocableClaims, at now: NumericDate) -> Revocation? {
        token.match(claims.id, of: .token, issuedAt: claims.issuedAt, at: now)
            ?? session.match(claims.session, of: .session, issuedAt: claims.issuedAt, at: now)
            ?? viewer.match(claims.viewer, of: .viewer, issuedAt: claims.issuedAt, at: now)
            ?? video.match(claims.video, of: .video, issuedAt: claims.issuedAt, at: now)
    }
}
