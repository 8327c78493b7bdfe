import StreamSigning
import StreamSigningKeyRing

/// A genuine token as the cache keeps it: its text, its claims, the keys it depends on, and when it was last compared with the
/// account's revocations.
final class CachedToken {
    let text: [UInt8]
    let token: AuthenticatedToken
    let key: LiveKey
    /// Of a session token, the key that signed the token the session began with.
    let originKey: LiveKey?
    let hash: Int
    /// As of this version of the account's revocations none of them named the token: see ``AccountRevocations/version``.
    var clearedVersion: Int
    /// Whether it was asked for since the cache last considered dropping it.
    var wasUsed = false
    /// The second, since 1970, from which on the use of one of its keys is to be noted again. Here, so that nearly every decision only
    /// compares two numbers.
    var nextUseNote = Int64.min

    init(
        text: UnsafeRawBufferPointer, token: AuthenticatedToken, key: LiveKey, originKey: LiveKey? = nil, hash: Int,
        clearedVersion: Int = 0
    ) {
        self.text = Array(text)
        self.token = token
        self.key = key
        self.originKey = originKey
        self.hash = hash
        self.clearedVersion = clearedVersion
    }

    /// Roughly how many bytes it takes: its text, its claims, and what holds them.
    var cost: Int { 2 * text.count + 512 }

    func isDead(at now: NumericDate) -> Bool {
        !key.isUsable(at: now) || originKey.map { !$0.isUsable(at: now) } ?? false
            || token.expires.map { $0 <= now } ?? false
    }
}
