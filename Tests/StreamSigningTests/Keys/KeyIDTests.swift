import StreamSigning
import Testing

@Suite("Key ids")
struct KeyIDTests {
    @Test("are equal byte for byte, not by Unicode equivalence")
    func byteEquality() throws {
        #expect(try KeyID("caf\u{E9}") != KeyID("cafe\u{301}"))
    }

    @Test("random ones have Stream's form", arguments: 0..<4)
    func random(_: Int) throws {
        let id = try KeyID.random().rawValue
        #expect(id.utf8.count == 32 && id.allSatisfy { "0123456789abcdef".contains($0) })
    }

    @Test("are refused when empty, too long or with control characters", arguments: ["", "a\u{0}b", "a\nb"])
    func refused(_ text: String) {
        #expect(throws: KeyError.self) { try KeyID(text) }
    }

    @Test("have 1 to 255 bytes", arguments: [(1, true), (255, true), (256, false)])
    func bounds(count: Int, isAccepted: Bool) {
        #expect(((try? KeyID(String(repeating: "k", count: count))) != nil) == isAccepted)
    }
}
