import Testing

@testable import StreamSigning

@Suite("Percent encoding")
struct PercentEncodingTests {
    @Test(
        "is undone once",
        arguments: [
            ("", ""), ("abc", "abc"), ("%41", "A"), ("a%2Fb%2fc", "a/b/c"), ("%2541", "%41"), ("%c3%a4", "ä"),
            ("%00", "\0"), ("a+b", "a+b"),
        ])
    func text(encoded: String, decoded: String) {
        #expect(PercentEncoding.text(encoded) == decoded)
        #expect(PercentEncoding.decode(encoded.utf8, brokenEscape: .kept) == Array(decoded.utf8))
    }

    @Test(
        "is kept or refused where an escape is broken, as the caller says",
        arguments: [
            ("%", "%"), ("%4", "%4"), ("a%", "a%"), ("%zz", "%zz"), ("%4g", "%4g"), ("%g4", "%g4"), ("%%41", "%A"),
            ("%4%41", "%4A"), ("100%25%", "100%%"),
        ])
    func broken(encoded: String, kept: String) {
        #expect(PercentEncoding.decode(encoded.utf8, brokenEscape: .kept) == Array(kept.utf8))
        #expect(PercentEncoding.decode(encoded.utf8, brokenEscape: .refused) == nil)
        #expect(PercentEncoding.text(encoded) == nil)
    }

    @Test("is no text unless it is UTF-8", arguments: ["%ff", "%c0%af", "a%80", "%ed%a0%80"])
    func notUTF8(encoded: String) {
        #expect(PercentEncoding.text(encoded) == nil)
        #expect(PercentEncoding.decode(encoded.utf8, brokenEscape: .refused) != nil)
    }

    @Test("is read a byte at a time, and an escape says that it was one")
    func bytes() {
        let text = Array("/%2Fa%".utf8)
        text.withUnsafeBytes { text in
            var index = 0
            var read: [String] = []
            while index < text.count, let (byte, isEscaped) = PercentEncoding.next(of: text, at: &index) {
                read.append("\(Character(UnicodeScalar(byte)))\(isEscaped ? " escaped" : "")")
            }
            #expect(read == ["/", "/ escaped", "a"])
            #expect(index == 5)
        }
    }
}
