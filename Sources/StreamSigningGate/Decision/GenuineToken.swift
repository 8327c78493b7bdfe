import StreamSigning
import StreamSigningKeyRing

/// A genuine token: its text, its claims, the keys it depends on, and when it was last compared with the account's revocations. A
/// class, so that handing it on copies one reference.
final class GenuineToken {
    let text: [UInt8]
    let token: AuthenticatedToken
    let key: LiveKey
    /// Of a session token, the key that signed the token the session began with.
    let originKey: LiveKey?
    let hash: Int
    /// As of this version of the account's revocations none of them named the token: see ``AccountRevocations/version``.
    var clearedVersion = 0
    /// Whether it was asked for since the cache last considered dropping it.
    var wasUsed = false
    /// The second, since 1970, from which on the use of one of its keys is to be noted again. Here, so that nearly every decision only
    /// compares two numbers.
    var nextUseNote = Int64.min

    /// Its slot in the cache; -1 for none.
    var slot = -1

    init(text: UnsafeRawBufferPointer, _ trusted: TrustedToken, hash: Int) {
        self.text = Array(text)
        self.hash = hash
        token = trusted.token
        key = trusted.key
        originKey = trusted.originKey
    }

    /// Roughly how many bytes it takes: its text, its claims, and what holds them.
    var cost: Int { 2 * text.count + Self.leastCost }

    static let leastCost = 512

    /// Whether its keys are good.
    func isTrusted(at now: NumericDate) -> Bool {
        key.isUsable(at: now) && originKey.map { $0.isUsable(at: now) } ?? true
    }

    func isDead(at now: NumericDate) -> Bool {
        !isTrusted(at: now) || token.expires.map { $0 <= now } ?? false
    }
}
