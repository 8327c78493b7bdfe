package import StreamSigning
package import StreamSigningKeyRing
package import StreamSigningStore
import Synchronization

/// The accounts' public keys as JWK Sets. They are kept until any key changes, so that a public request does not parse every
/// key again.
package final class PublishedKeySets: Sendable {
    /// A JWK Set and its entity tag.
    package struct Publication: Sendable {
        package let text: String
        package let tag: String
        /// When one of the keys expires, and another set has to be made; nil if none does.
        let end: NumericDate?
    }

    private struct State {
        var version = 0
        var publications: [AccountID: Publication] = [:]
        var bytes = 0
    }

    /// What a publication costs besides its text.
    static let overhead = 256

    private let store: any SigningKeyStore
    private let ring: KeyRing
    private let limit: Int
    private let now: @Sendable () -> NumericDate
    private let state = Mutex(State())

    /// - Parameter limit: how many bytes to keep.
    package init(
        store: any SigningKeyStore, ring: KeyRing, limit: Int = 16 << 20, now: @escaping @Sendable () -> NumericDate
    ) {
        self.store = store
        self.ring = ring
        self.limit = limit
        self.now = now
    }

    /// The account's keys whose tokens are let in; an unknown account has none.
    package func keySet(of account: AccountID) async throws -> Publication {
        // Read before the keys are: a change in between makes this publication old.
        let (version, time) = (ring.version, now())
        let known = state.withLock { $0.version == version ? $0.publications[account] : nil }
        if let known, known.end.map({ time < $0 }) ?? true { return known }
        let publication = try await offEventLoop { try await make(account, at: time) }
        keep(publication, of: account, version)
        return publication
    }

    private func make(_ account: AccountID, at time: NumericDate) async throws -> Publication {
        // A key that was stored a moment ago may not be in the ring yet.
        let keys = try await store.verificationKeys(of: account)
            .filter { ring[$0.id]?.isUsable(at: time) ?? true }
        let text = try KeySet(keys).jwks()
        return Publication(
            text: text, tag: "\"\(EntityTag.of(text))\"", end: keys.compactMap { ring[$0.id]?.expires }.min())
    }

    private func keep(_ publication: Publication, of account: AccountID, _ version: Int) {
        let cost = publication.text.utf8.count + Self.overhead
        state.withLock { state in
            guard version >= state.version, cost <= limit else { return }
            if version > state.version || state.bytes + cost > limit { state = State(version: version) }
            if state.publications.updateValue(publication, forKey: account) == nil { state.bytes += cost }
        }
    }
}
