import Testing

@testable import StreamSigning

@Suite("Strict JSON, of random documents")
struct StrictJSONPropertyTests {
    @Test("good documents are read, here and by Foundation", arguments: [UInt64](1...6))
    func accepted(seed: UInt64) {
        var documents = RandomJSON(seed: seed)
        for _ in 0..<60 {
            let text = documents.document()
            #expect(ParsedJSON.isStrict(text), "seed \(seed): \(text)")
            #expect(ParsedJSON.isFoundations(Array(text.utf8)), "seed \(seed): \(text)")
        }
    }

    @Test("whatever is read with a byte changed, taken out or put in, Foundation reads too", arguments: [UInt64](1...6))
    func mutated(seed: UInt64) {
        var documents = RandomJSON(seed: seed)
        var random = SeededGenerator(seed: ~seed)
        let favourites = Array("{}[]\",:\\ue0-+.1tfn \n".utf8) + [0x00, 0x80, 0xC3, 0xED, 0xFF]
        for _ in 0..<60 {
            let original = Array(documents.document().utf8)
            for _ in 0..<20 {
                var bytes = original
                let place = Int.random(in: 0..<bytes.count, using: &random)
                let byte = favourites.randomElement(using: &random) ?? 0
                switch Int.random(in: 0..<3, using: &random) {
                case 0: bytes[place] = byte
                case 1: bytes.remove(at: place)
                default: bytes.insert(byte, at: place)
                }
                if ParsedJSON.isStrict(bytes), !Self.hasLongExponent(bytes) {
                    #expect(ParsedJSON.isFoundations(bytes), "seed \(seed): \(String(decoding: bytes, as: UTF8.self))")
                }
            }
        }
    }

    /// Foundation refuses numbers that no `Double` holds; to the grammar they are numbers.
    private static func hasLongExponent(_ bytes: [UInt8]) -> Bool {
        let text = String(decoding: bytes, as: UTF8.self)
        return text.contains(/[eE][+]?[0-9]{3}/)
    }

    @Test("a document cut off anywhere is refused", arguments: [UInt64](1...6))
    func truncated(seed: UInt64) {
        var documents = RandomJSON(seed: seed)
        for _ in 0..<20 {
            let bytes = Array("{\"a\":\(documents.document())}".utf8)
            #expect(ParsedJSON.isStrict(bytes))
            for count in bytes.indices {
                #expect(!ParsedJSON.isStrict(Array(bytes[..<count])), "seed \(seed), \(count) bytes")
            }
        }
    }

    @Test("random bytes crash nothing", arguments: [UInt64](1...4))
    func garbage(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<2_000 {
            let bytes = random.bytes(Int.random(in: 0...24, using: &random))
            if ParsedJSON.isStrict(bytes) { #expect(ParsedJSON.isFoundations(bytes)) }
        }
    }
}
