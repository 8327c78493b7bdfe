import Testing

@testable import StreamSigning

@Suite("Base64, of random bytes")
struct Base64PropertyTests {
    @Test("what is written is read back", arguments: [UInt64](1...8))
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for count in 0..<200 {
            let bytes = random.bytes(count)
            for base64 in [Base64.url, .standard] {
                let text = bytes.withUnsafeBytes { base64.encode($0) }
                #expect(text.utf8.count == base64.encodedCount(count))
                #expect(DecodedText(Array(text.utf8), base64)?.bytes == bytes, "seed \(seed), \(count) bytes")
            }
        }
    }

    /// Each character tried in each place: a decoder that skips or ignores anything gives one value two texts.
    @Test("what is read is written back, whatever single character was changed", arguments: [UInt64](1...4))
    func malleability(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for count in 0..<9 {
            let bytes = random.bytes(count)
            for base64 in [Base64.url, .standard] {
                let text = Array(bytes.withUnsafeBytes { base64.encode($0) }.utf8)
                for place in text.indices {
                    for byte in UInt8.min...UInt8.max {
                        var mutated = text
                        mutated[place] = byte
                        expectOneText(mutated, base64, seed: seed)
                    }
                }
            }
        }
    }

    @Test("what is read is written back, of random text", arguments: [UInt64](1...4))
    func randomText(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let letters = Array("AQgw_-+/= \n09azZ".utf8)
        for _ in 0..<2_000 {
            let text = (0..<Int.random(in: 0...12, using: &random)).compactMap { _ in
                letters.randomElement(using: &random)
            }
            expectOneText(text, .url, seed: seed)
            expectOneText(text, .standard, seed: seed)
        }
    }

    private func expectOneText(_ text: [UInt8], _ base64: Base64, seed: UInt64) {
        guard let decoded = DecodedText(text, base64) else { return }
        let again = decoded.bytes.withUnsafeBytes { base64.encode($0) }
        #expect(Array(again.utf8) == text, "seed \(seed): \(text) is a second text of \(decoded.bytes)")
    }
}
