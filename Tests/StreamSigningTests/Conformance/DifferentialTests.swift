import Foundation
import Testing

@testable import StreamSigning

/// Batches against one by one, and verdicts against OpenSSL's own, for as long as `STREAM_SIGNING_DIFFERENTIAL` says: `scripts/check` asks for a million
/// operations.
@Suite("Differential: batches", .enabled(if: operationCount > 0, "STREAM_SIGNING_DIFFERENTIAL is not set"))
struct DifferentialTests {
    /// One in so many is a signature, which takes some twenty times as long as a verification.
    private static let operationsPerSignature = 16

    @Test("sign and verify as OpenSSL does, and nothing differs", arguments: 0..<8)
    func operations(part: Int) throws {
        let library = try #require(BatchLibrary.all.last)
        let keys = try TestKeys.ofManyKinds()
        var generator = SeededGenerator(seed: UInt64(part))
        var lanes = RandomLanes(keys: keys, using: &generator)
        var done = 0
        while done < operationCount / 8 {
            let items = try (0..<Int.random(in: 1...64, using: &generator)).map { _ in try lanes.next() }
            let verdicts = library.verify(items)
            #expect(verdicts == items.map { $0.key.isValid($0.signature, for: $0.message) })
            #expect(verdicts == items.map(\.isValid))
            #expect(try verdicts == items.map { try $0.isValidAccordingToOpenSSL() })
            done += items.count
            let signers = (0..<items.count / Self.operationsPerSignature).map { _ in
                keys[Int.random(in: 0..<4, using: &generator)].handle
            }
            let messages = signers.map { _ in generator.bytes(Int.random(in: 0..<300, using: &generator)) }
            let signatures = try library.sign(messages, with: signers)
            #expect(try signatures == zip(messages, signers).map { try $1.sign($0) })
            done += signers.count
        }
        #expect(!library.isRetired)
    }
}

private let operationCount = ProcessInfo.processInfo.environment["STREAM_SIGNING_DIFFERENTIAL"].flatMap { Int($0) } ?? 0
