package import StreamSigning
package import StreamSigningStore
import Synchronization

/// A key as the gate knows it. Every holder sees at once when it is revoked or disabled: a verdict that was kept together with
/// its key ends with the key.
package final class LiveKey: Sendable {
    package let account: AccountID
    /// What is refused of the tokens that the account's keys sign.
    package let revocations: AccountRevocations
    /// nil for a key that was deleted before this process heard of it.
    private let publicKey: StoredPublicKey?
    /// The first second, since 1970, at which its tokens are not let in, or one of the values below. One load tells whether they
    /// are.
    private let end: Atomic<Int64>
    /// The second, since 1970, in which its use was last noted.
    private let lastUse = Atomic<Int64>(.min)
    /// The latest second in which a token of it that was let in ends.
    private let latestExpiry = Atomic<Int64>(.min)
    /// Whether it is among the keys whose use is to be reported.
    private let awaitsReport = Atomic<Bool>(false)

    private static let revoked = Int64.min
    private static let disabled = Int64.min + 1
    private static let never = Int64.max

    /// A trusted key.
    package init(_ publicKey: StoredPublicKey, of account: AccountID, _ revocations: AccountRevocations) {
        self.account = account
        self.publicKey = publicKey
        self.revocations = revocations
        end = Atomic(Self.never)
    }

    /// A tombstone.
    package init(revokedIn account: AccountID, _ revocations: AccountRevocations) {
        self.account = account
        self.revocations = revocations
        publicKey = nil
        end = Atomic(Self.revoked)
    }

    package var isRevoked: Bool { end.load(ordering: .acquiring) == Self.revoked }

    /// Whether its tokens are let in.
    package func isUsable(at now: NumericDate) -> Bool {
        now.seconds < end.load(ordering: .acquiring)
    }

    /// When that ends by itself; nil if it does not, or has.
    package var expires: NumericDate? {
        let end = end.load(ordering: .acquiring)
        return [Self.revoked, Self.disabled, Self.never].contains(end) ? nil : NumericDate(secondsSince1970: end)
    }

    package func revoke() {
        end.store(Self.revoked, ordering: .releasing)
    }

    /// Lets its tokens in as a state says. A deleted key stays deleted.
    package func set(_ state: KeyState) {
        let desired = state.isEnabled ? state.expires?.seconds ?? Self.never : Self.disabled
        var present = end.load(ordering: .acquiring)
        while present != Self.revoked {
            let (exchanged, original) = end.compareExchange(
                expected: present, desired: desired, ordering: .acquiringAndReleasing)
            if exchanged { return }
            present = original
        }
    }

    /// How a token of this key is to be judged. Bytes that are not a key, which a sound store does not hold, are not
    /// trusted.
    package func standing(at now: NumericDate) -> KeyStanding {
        guard !isRevoked else { return .revoked }
        guard isUsable(at: now) else { return .disabled }
        guard let key = try? publicKey?.verificationKey() else { return .unknown }
        return .trusted(key)
    }

    /// How many seconds pass before use is noted again. With the pause between reports that is less than ``KeyUse/lag``.
    private static let useInterval: Int64 = 10

    /// The second, since 1970, from which on its use is to be noted again.
    package var nextUseNote: Int64 { lastUse.load(ordering: .relaxed) + Self.useInterval }

    /// Notes that a token of this key was let in once more. Nearly always, that reads one number.
    /// - Returns: whether the key has to be added to those whose use is to be reported.
    package func noteUse(at now: NumericDate) -> Bool {
        guard now.seconds >= nextUseNote else { return false }
        lastUse.store(now.seconds, ordering: .relaxed)
        return awaitReport()
    }

    /// Notes that a token of this key was let in for the first time.
    /// - Returns: as ``noteUse(at:)``.
    package func noteUse(untilExpiry expiry: NumericDate, at now: NumericDate) -> Bool {
        // To be written, the number would be taken away from the other cores each time.
        guard expiry.seconds > latestExpiry.load(ordering: .relaxed) else { return noteUse(at: now) }
        latestExpiry.max(expiry.seconds, ordering: .relaxed)
        lastUse.max(now.seconds, ordering: .relaxed)
        return awaitReport()
    }

    /// - Returns: whether it was not among the keys whose use is to be reported.
    func awaitReport() -> Bool {
        !awaitsReport.exchange(true, ordering: .acquiringAndReleasing)
    }

    /// What is to be reported of its use. What is noted from now on is reported the next time.
    func takeUse() -> (id: KeyID, use: KeyUse)? {
        _ = awaitsReport.exchange(false, ordering: .acquiringAndReleasing)
        let (last, latest) = (lastUse.load(ordering: .relaxed), latestExpiry.load(ordering: .relaxed))
        guard let publicKey, last != .min, latest != .min else { return nil }
        let use = KeyUse(
            last: NumericDate(secondsSince1970: last), latestExpiry: NumericDate(secondsSince1970: latest))
        return (publicKey.id, use)
    }
}
