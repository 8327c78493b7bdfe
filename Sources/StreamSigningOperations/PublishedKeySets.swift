package import Logging
package import NIOCore
package import StreamSigning
package import StreamSigningKeyRing
package import StreamSigningStore
import StreamSigningThreads
import Synchronization

/// The accounts' public keys as JWK Sets, which anybody may ask for.
///
/// A set is made once for each version of an account's keys, however many ask for it at once, and all answers share its bytes. It
/// is made on a thread of its own. Sets of accounts of which this node has heard wait in lanes of their own; those of accounts
/// that may not exist, of which anybody can make up any number, wait in one lane together.
package final class PublishedKeySets: Sendable {
    /// A JWK Set and its entity tag.
    package struct Publication: Sendable {
        package let text: ByteBuffer
        package let tag: String
        /// When one of the keys expires, and another set has to be made; nil if none does.
        let end: NumericDate?
    }

    private struct Version: Hashable {
        let account: AccountID
        let number: Int

        var lane: Lane { number > 0 ? .account(account) : .strangers }
    }

    private enum Lane: Hashable {
        case account(AccountID)
        case strangers
    }

    fileprivate struct State {
        var publications: [AccountID: (publication: Publication, number: Int)] = [:]
        var bytes = 0
    }

    /// What a publication costs besides its text.
    static let overhead = 256

    private let store: any SigningKeyStore
    private let ring: KeyRing
    private let limit: Int
    private let now: @Sendable () -> NumericDate
    private let logger: Logger?
    private let state = Mutex(State())
    private let queue = FairQueue<Lane>(FairQueue.Bounds(running: 4, waitingPerLane: 16, waiting: 1024))
    private let making = SingleFlight<Version, Publication>(on: WorkThreads.publications)

    /// - Parameters:
    ///   - limit: how many bytes to keep.
    ///   - logger: hears which keys are damaged.
    package init(
        store: any SigningKeyStore, ring: KeyRing, limit: Int = 16 << 20, logger: Logger? = nil,
        now: @escaping @Sendable () -> NumericDate
    ) {
        self.logger = logger
        self.store = store
        self.ring = ring
        self.limit = limit
        self.now = now
    }

    /// The account's keys whose tokens are let in; an unknown account has none.
    /// - Throws: ``ServiceError/overloaded`` if more sets are asked for at the moment than can be made.
    package func keySet(of account: AccountID) async throws -> Publication {
        // Read before the keys are: a change in between makes this publication old.
        let version = Version(account: account, number: ring.version(of: account))
        if let known = known(version) { return known }
        do {
            return try await making.run(version) { [self] in
                try await queue.run(version.lane, on: WorkThreads.publications) { try await make(version) }
            }
        } catch is FairQueue<Lane>.Refusal {
            throw ServiceError.overloaded
        }
    }

    private func make(_ version: Version) async throws -> Publication {
        // It may have been finished since this was asked for.
        if let known = known(version) { return known }
        let time = now()
        // A key that was stored a moment ago may not be in the ring yet.
        let stored = try await store.publicKeys(of: version.account).filter { ring[$0.id]?.isUsable(at: time) ?? true }
        let keys = stored.compactMap { verificationKey($0, of: version.account) }
        let text = try KeySet(keys).jwks()
        let publication = Publication(
            text: ByteBuffer(string: text), tag: "\"\(EntityTag.of(text))\"",
            end: keys.compactMap { ring[$0.id]?.expires }.min())
        keep(publication, version)
        return publication
    }

    /// One damaged key keeps nobody from the account's others.
    private func verificationKey(_ key: StoredPublicKey, of account: AccountID) -> VerificationKey? {
        do {
            return try key.verificationKey()
        } catch {
            logger?.error(
                "a public key is damaged, and is not published",
                metadata: ["account": "\(account)", "key": "\(key.id)", "error": "\(error)"])
            return nil
        }
    }

    private func known(_ version: Version) -> Publication? {
        guard let kept = state.withLock({ $0.publications[version.account] }), kept.number == version.number,
            kept.publication.end.map({ now() < $0 }) ?? true
        else { return nil }
        return kept.publication
    }

    /// Keeps it in place of others, if need be. What belongs to no account that is known is not kept.
    private func keep(_ publication: Publication, _ version: Version) {
        let cost = publication.cost
        guard version.number > 0, cost <= limit else { return }
        state.withLock { state in
            guard version.number >= state.publications[version.account]?.number ?? 0 else { return }
            state.remove(version.account)
            while state.bytes + cost > limit, let other = state.publications.first?.key { state.remove(other) }
            state.publications[version.account] = (publication, version.number)
            state.bytes += cost
        }
    }
}

extension PublishedKeySets.Publication {
    fileprivate var cost: Int { text.readableBytes + PublishedKeySets.overhead }
}

extension PublishedKeySets.State {
    fileprivate mutating func remove(_ account: AccountID) {
        if let removed = publications.removeValue(forKey: account) { bytes -= removed.publication.cost }
    }
}
