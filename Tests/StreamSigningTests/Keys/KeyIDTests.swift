import StreamSigning
import Testing

@Suite("Key ids")
struct KeyIDTests {
    @Test("are equal byte for byte, not by Unicode equivalence")
    func byteEquality() throws {
        let (composed, decomposed) = (try KeyID("caf\u{E9}"), try KeyID("cafe\u{301}"))
        #expect(composed != decomposed)
        #expect(Set([composed, decomposed]).count == 2)
        #expect(try composed == KeyID("caf\u{E9}") && composed.hashValue == KeyID("caf\u{E9}").hashValue)
        #expect(try KeyID("a") != KeyID("A"))
    }

    @Test("random ones have Stream's form, and differ")
    func random() throws {
        let ids = try (0..<100).map { _ in try KeyID.random() }
        #expect(ids.allSatisfy { $0.rawValue.contains(/^[0-9a-f]{32}$/) })
        #expect(Set(ids).count == 100)
    }

    @Test(
        "are refused with control characters",
        arguments: ["", "a\u{0}b", "a\nb", "\t", "\u{1F}", "\u{7F}", "a\r", "\u{1B}[31m"])
    func refused(_ text: String) {
        let error = #expect(throws: KeyError.self) { try KeyID(text) }
        #expect(error?.code == .invalidKeyID)
    }

    @Test("may be any other text", arguments: ["a", " ", "ключ", "a/b?c=d", "\"\\", "😀", "\u{80}", "😀 e\u{301}"])
    func accepted(_ text: String) throws {
        #expect(try Array(KeyID(text).rawValue.utf8) == Array(text.utf8))
    }

    @Test(
        "have 1 to 255 bytes",
        arguments: [("k", 1, true), ("k", 255, true), ("k", 256, false), ("é", 127, true), ("é", 128, false)])
    func bounds(character: String, count: Int, isAccepted: Bool) {
        #expect(((try? KeyID(String(repeating: character, count: count))) != nil) == isAccepted)
    }
}
