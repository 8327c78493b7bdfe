import StreamSigning
import Testing

/// For ThreadSanitizer as much as for the results.
@Suite("One key on many threads")
struct ConcurrentUseTests {
    @Test("signs and verifies right on all of them")
    func signingAndVerifying() async throws {
        let key = try TestKeys.first()
        let signer = TokenSigner(key: key)
        let verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
        let results = try await withThrowingTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    let video = try VideoID("video-\(task)")
                    let claims = try PlaybackClaims(video: video, expires: ForgedToken.expiry)
                    let expected = try signer.sign(claims)
                    var count = 0
                    for _ in 0..<50 {
                        let token = try signer.sign(claims)
                        let verified = try verifier.verify(
                            token, for: PlaybackRequest(video: video), at: ForgedToken.now)
                        let other = String(token.rawValue.dropLast(8) + "AAAAAAAA")
                        let isForgeryAccepted = (try? verifier.authenticate(other)) != nil
                        if token == expected, verified.claims == claims, !isForgeryAccepted { count += 1 }
                        await Task.yield()
                    }
                    return count
                }
            }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        #expect(results == [Int](repeating: 50, count: 8))
    }

    /// More threads than a key keeps idle contexts for.
    @Test("and on more of them than it keeps contexts for")
    func manyTasks() async throws {
        let key = try TestKeys.second()
        let token = try ForgedToken(key: key).signed(by: key)
        let verifier = TokenVerifier(keys: try KeySet([key.verificationKey]))
        let count = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<64 {
                group.addTask { (try? verifier.authenticate(token)) != nil }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(count == 64)
    }

    @Test("imports and exports on all of them")
    func importing() async throws {
        let text = try TestKeys.first().jwk().reveal()
        try await withThrowingTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask { try SigningKey(importing: text).jwk().reveal() == text }
            }
            for try await isSame in group {
                #expect(isSame)
            }
        }
    }
}
