import StreamSigning
import StreamSigningKeyRing

/// A genuine token as the cache keeps it: its text, what it says, and the key whose signature it carries.
final class CachedToken {
    let text: [UInt8]
    let token: AuthenticatedToken
    let key: LiveKey
    let hash: Int
    /// Whether it was asked for since the clock's hand came by.
    var wasUsed = false

    init(text: UnsafeRawBufferPointer, token: AuthenticatedToken, key: LiveKey, hash: Int) {
        self.text = Array(text)
        self.token = token
        self.key = key
        self.hash = hash
    }

    /// Bytes it takes, roughly: its text, its claims once more, and what holds them.
    var cost: Int { 2 * text.count + 512 }

    func isDead(at now: NumericDate) -> Bool {
        key.isRevoked || token.expires.map { $0 <= now } ?? false
    }
}
