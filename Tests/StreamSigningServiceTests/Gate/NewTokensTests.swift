import NIOCore
import NIOEmbedded
import NIOHTTP1
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("New tokens of one turn")
struct NewTokensTests {
    private let loop = EmbeddedEventLoop()
    private let now = Sample.time
    private let keeper: Gatekeeper
    private let ring: KeyRing
    private let newTokens: NewTokens

    init() throws {
        ring = KeyRing(KeySnapshot(number: ChangeNumber(rawValue: 0), keys: [], revoked: []))
        ring.add(try SigningKey.testKey.verificationKey, of: Sample.account())
        let keeper = Gatekeeper(ring: ring, policy: VerificationPolicy(), cache: .init(entries: 64, bytes: 1 << 20))
        self.keeper = keeper
        newTokens = NewTokens(keeper, eventLoop: loop) { Sample.time }
    }

    /// The code of each refusal, nil for who gets in, once the turn has ended.
    private final class Outcomes {
        var codes: [Int: Denial.Code?] = [:]
    }

    private func token(_ video: String, by key: SigningKey) throws -> String {
        try TokenSigner(key: key).sign(PlaybackClaims(video: VideoID(video), expires: now + .seconds(60))).rawValue
    }

    private func ask(_ tokens: [String], _ outcomes: Outcomes) {
        for (index, token) in tokens.enumerated() {
            let reply = token.withBytes { bytes in
                newTokens.hold(bytes, keeper.knowledge(of: bytes, at: now)) { knowledge in
                    outcomes.codes[index] = .some(self.decide(token, knowledge))
                    return .now(.text(.ok, "\(index)"))
                }
            }
            guard case .later = reply else {
                Issue.record("was answered before the turn ended")
                return
            }
        }
    }

    private func decide(_ token: String, _ knowledge: TokenKnowledge) -> Denial.Code? {
        token.withBytes { bytes in
            do throws(Denial) {
                _ = try keeper.decide(bytes, for: .insecureForAnyVideo(), at: now, knowledge: knowledge)
                return nil
            } catch {
                return error.code
            }
        }
    }

    @Test("are decided about when it ends, each for itself", arguments: [1, 2, 8, 21])
    func together(count: Int) throws {
        let (mine, others) = (try SigningKey.testKey, try SigningKey.otherTestKey)
        let tokens = try (0..<count).map { try token("video-\($0)", by: $0 % 3 == 1 ? others : mine) }
        let outcomes = Outcomes()
        ask(tokens, outcomes)
        #expect(outcomes.codes.isEmpty)
        loop.run()
        for index in 0..<count {
            #expect(outcomes.codes[index] == .some(index % 3 == 1 ? .keyUnknown : nil), "token \(index)")
        }
        #expect(keeper.cache.count == (0..<count).count { $0 % 3 != 1 })
    }

    @Test("one that comes twice is let in twice, and known from then on")
    func twice() throws {
        let token = try token("video", by: .testKey)
        let outcomes = Outcomes()
        ask([token, token], outcomes)
        loop.run()
        #expect(outcomes.codes == [0: nil, 1: nil] && keeper.cache.count == 1)
        token.withBytes { #expect(!keeper.knowledge(of: $0, at: now).isNew) }
    }

    @Test("are refused if their key is deleted between the verification and the decision")
    func deletedMeanwhile() throws {
        let key = try SigningKey.testKey
        let token = try token("video", by: key)
        let outcomes = Outcomes()
        let reply = token.withBytes { bytes in
            newTokens.hold(bytes, keeper.knowledge(of: bytes, at: now)) { knowledge in
                self.ring.revoke(key.id, of: Sample.account())
                outcomes.codes[0] = .some(self.decide(token, knowledge))
                return .now(.text(.ok, ""))
            }
        }
        _ = reply
        loop.run()
        #expect(outcomes.codes == [0: .keyRevoked])
    }
}
