import StreamSigning
import Testing

@Suite("Video ids")
struct VideoIDTests {
    @Test("have 1 to 64 characters", arguments: [(0, false), (1, true), (32, true), (64, true), (65, false)])
    func length(count: Int, isAccepted: Bool) {
        #expect(((try? VideoID(String(repeating: "a", count: count))) != nil) == isAccepted)
    }

    @Test("have ASCII letters, digits, '-' and '_'", arguments: UInt8.min...UInt8.max)
    func alphabet(byte: UInt8) {
        let text = String(Unicode.Scalar(byte))
        let isAllowed = text.utf8.count == 1 && (text == "-" || text == "_" || text.contains(/[A-Za-z0-9]/))
        #expect(((try? VideoID("a" + text)) != nil) == isAllowed)
    }

    @Test(
        "that are something else are refused, saying what",
        arguments: [
            ("https://videodelivery.net/abc/iframe", "URL"), ("abc/manifest/video.m3u8", "path"), ("a.b.c", "token"),
            ("abc def", "letters"), (".", "letters"), ("%61", "letters"), ("é", "letters"), ("a\u{0}", "letters"),
        ])
    func complaint(text: String, reason: String) {
        let error = #expect(throws: InvalidClaim.self) { try VideoID(text) }
        #expect(error?.reason.contains(reason) == true)
    }
}
