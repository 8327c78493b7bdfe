import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningGate
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("The cache of verified tokens")
struct VerifiedTokenCacheTests {
    private let now = Sample.time
    private let key: LiveKey

    init() throws {
        key = LiveKey(
            try StoredPublicKey(SigningKey.testKey.verificationKey), of: Sample.account(), AccountRevocations())
    }

    private func cache(entries: Int = 8, bytes: Int = 1 << 20) -> VerifiedTokenCache {
        VerifiedTokenCache(.init(entries: entries, bytes: bytes))
    }

    /// A token for a video of its own.
    private func text(_ number: Int = 0, expires: Duration = .seconds(60)) throws -> String {
        let claims = try PlaybackClaims(video: VideoID("video\(number)"), expires: now + expires)
        return try TokenSigner(key: .testKey).sign(claims).rawValue
    }

    private func insert(_ text: String, into cache: VerifiedTokenCache, hash: Int? = nil) throws {
        let token = try TokenVerifier(keys: .testKeys).authenticate(text)
        text.withBytes { bytes in
            cache.insert(
                GenuineToken(
                    text: bytes, TrustedToken(token: token, key: key, originKey: nil),
                    hash: hash ?? VerifiedTokenCache.hash(bytes)), at: now)
        }
    }

    private func isKnown(_ text: String, to cache: VerifiedTokenCache) -> Bool {
        text.withBytes { cache.find($0, hash: VerifiedTokenCache.hash($0)) != nil }
    }

    @Test("finds a token by all its bytes")
    func find() throws {
        let cache = cache()
        let token = try text()
        try insert(token, into: cache)
        #expect(isKnown(token, to: cache))
        #expect(!isKnown(try text(1), to: cache))
        #expect(!isKnown(String(token.dropLast()), to: cache))
        #expect(!isKnown(token + "A", to: cache))
    }

    @Test("is not misled by two tokens of one hash")
    func collision() throws {
        let cache = cache()
        let (known, other) = (try text(0), try text(1))
        try insert(known, into: cache, hash: 7)
        other.withBytes { #expect(cache.find($0, hash: 7) == nil) }
        known.withBytes { #expect(cache.find($0, hash: 7) != nil) }
        try insert(other, into: cache, hash: 7)
        known.withBytes { #expect(cache.find($0, hash: 7) == nil) }
        other.withBytes { #expect(cache.find($0, hash: 7) != nil) }
        #expect(cache.count == 1)
    }

    @Test("keeps hashes apart that differ in their high bits alone", arguments: 0..<3)
    func chains(removed: Int) throws {
        let cache = cache(entries: 8)
        let tokens = try (0..<4).map { try text($0) }
        func found() -> [Bool] {
            tokens.indices.map { index in tokens[index].withBytes { cache.find($0, hash: 8 * index) != nil } }
        }
        for index in 0..<3 { try insert(tokens[index], into: cache, hash: 8 * index) }
        #expect(found() == [true, true, true, false])
        let entry = try #require(tokens[removed].withBytes { cache.find($0, hash: 8 * removed) })
        cache.remove(entry)
        cache.remove(entry)
        #expect(found() == (0..<4).map { $0 < 3 && $0 != removed } && cache.count == 2)
        try insert(tokens[3], into: cache, hash: 24)
        try insert(tokens[removed], into: cache, hash: 8 * removed)
        #expect(found() == [true, true, true, true] && cache.count == 4)
    }

    @Test("holds as many entries as it may, and no more", arguments: [1, 4])
    func entries(most: Int) throws {
        let cache = cache(entries: most)
        for number in 0..<20 {
            try insert(text(number), into: cache)
            #expect(cache.count == min(number + 1, most))
            #expect(isKnown(try text(number), to: cache), "the last one is there")
        }
    }

    @Test("holds as many bytes as it may, and no more")
    func bytes() throws {
        let cache = cache(entries: 1000, bytes: 8 * 1024)
        for number in 0..<50 {
            try insert(text(number), into: cache)
            #expect(cache.bytes <= 8 * 1024)
        }
        #expect(cache.count > 1)
        let small = self.cache(entries: 1000, bytes: 600)
        try insert(text(), into: small)
        #expect(small.count == 0, "what fits nowhere is not kept")
    }

    @Test("keeps what is asked for again and again through a flood of tokens that come once")
    func secondChance() throws {
        let cache = cache(entries: 16)
        let favourite = try text(1_000)
        try insert(favourite, into: cache)
        for number in 0..<200 {
            #expect(isKnown(favourite, to: cache))
            try insert(text(number), into: cache)
        }
        #expect(isKnown(favourite, to: cache))
    }

    @Test("gives up what has expired, and what lost its key")
    func death() throws {
        let cache = cache()
        try insert(text(0, expires: .seconds(10)), into: cache)
        try insert(text(1, expires: .seconds(20)), into: cache)
        cache.sweep(100, at: now + .seconds(9))
        #expect(cache.count == 2)
        cache.sweep(100, at: now + .seconds(10))
        #expect(cache.count == 1)
        #expect(isKnown(try text(1, expires: .seconds(20)), to: cache))
        key.revoke()
        cache.sweep(100, at: now + .seconds(10))
        #expect(cache.count == 0 && cache.bytes == 0)
    }

    @Test("holds nothing if it may hold nothing")
    func none() throws {
        let cache = cache(entries: 0)
        try insert(text(), into: cache)
        #expect(cache.count == 0)
    }
}

extension String {
    func withBytes<Value>(_ body: (UnsafeRawBufferPointer) throws -> Value) rethrows -> Value {
        var text = self
        return try text.withUTF8 { try body(UnsafeRawBufferPointer($0)) }
    }
}
