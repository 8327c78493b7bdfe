import StreamSigning
import StreamSigningKeyRing

/// A genuine token as the cache keeps it: its text, its claims, and the key that signed it.
final class CachedToken {
    let text: [UInt8]
    let token: AuthenticatedToken
    let key: LiveKey
    let hash: Int
    /// Whether it was asked for since the cache last considered dropping it.
    var wasUsed = false

    init(text: UnsafeRawBufferPointer, token: AuthenticatedToken, key: LiveKey, hash: Int) {
        self.text = Array(text)
        self.token = token
        self.key = key
        self.hash = hash
    }

    /// Roughly how many bytes it takes: its text, its claims, and what holds them.
    var cost: Int { 2 * text.count + 512 }

    func isDead(at now: NumericDate) -> Bool {
        key.isRevoked || token.expires.map { $0 <= now } ?? false
    }
}
