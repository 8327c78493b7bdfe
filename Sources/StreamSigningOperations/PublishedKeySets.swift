import StreamSigning
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
    private let state = Mutex(State())

    /// - Parameter limit: how many bytes to keep.
    package init(store: any SigningKeyStore, ring: KeyRing, limit: Int = 16 << 20) {
        self.store = store
        self.ring = ring
        self.limit = limit
    }

    /// The account's keys that are not deleted; an unknown account has none.
    package func keySet(of account: AccountID) async throws -> Publication {
        // Read before the keys are: a change in between makes this publication old.
        let version = ring.version
        let known = state.withLock { $0.version == version ? $0.publications[account] : nil }
        if let known { return known }
        let text = try await offEventLoop { try KeySet(await store.verificationKeys(of: account)).jwks() }
        let publication = Publication(text: text, tag: "\"\(EntityTag.of(text))\"")
        keep(publication, of: account, version)
        return publication
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
