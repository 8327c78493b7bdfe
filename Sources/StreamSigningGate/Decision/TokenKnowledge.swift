import StreamSigning
import StreamSigningKeyRing

/// What a gatekeeper knows of a token before it decides about a request.
struct TokenKnowledge {
    enum State {
        /// Genuine, and its key is good.
        case cached(GenuineToken)
        /// Verified a moment ago.
        case genuine(GenuineToken)
        /// Refused by the key ring a moment ago. Indirect, so that what is passed along for every request stays small.
        indirect case refused(Denial)
        /// Nothing.
        case new
    }

    let hash: Int
    let state: State
    /// Of the keys, read before they were asked; nil if they were not.
    var freshness: KeyFreshness?

    var isNew: Bool {
        if case .new = state { true } else { false }
    }
}
