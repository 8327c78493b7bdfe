import Testing

@testable import StreamSigning

@Suite("Strict JSON")
struct StrictJSONTests {
    @Test(
        "accepts what RFC 8259 does",
        arguments: [
            "{}", "[]", "0", "-0", "1.5e-3", "1E+2", "true", "false", "null", "\"\"", " \t\r\n{} \n", "[1, 2 ,3]",
            #"{"a":{"b":[{"c":null}]},"d":""}"#, #""\"\\\/\b\f\n\r\t\u0041""#, #""\ud83d\ude00""#, "\"é€😀\u{7F}\"",
            #"{"":1}"#, #"{"a":1,"A":2}"#, "\"\u{2028}\"", #""\u0000""#, "123456789012345678901234567890",
        ])
    func accepted(_ text: String) {
        #expect(ParsedJSON.isStrict(text))
        #expect(ParsedJSON.isFoundations(Array(text.utf8)))
    }

    @Test(
        "refuses what RFC 8259 does not have",
        arguments: [
            "", " ", "{", "}", "[", "{]", "[1,]", "[,1]", "[1 2]", "{,}", #"{"a":1,}"#, #"{"a"}"#, #"{"a":}"#,
            #"{a:1}"#,
            #"{'a':1}"#, #"{"a":1 "b":2}"#, #"{1:2}"#, "01", "-", "-01", "+1", ".5", "1.", "1.e3", "1e", "1e+", "0x10",
            "NaN",
            "Infinity", "-Infinity", "1_000", "True", "nul", "nulll", "tru", "truefalse", "undefined", "// c\n{}",
            "{}//",
            "/**/{}", "{}{}", "{} x", "{}\u{0}", "\u{FEFF}{}", "\u{A0}{}", "{}\u{B}", "\"", "\"a", "\"\t\"", "\"\n\"",
            "\"\u{0}\"", "\"\u{1F}\"", #""\a""#, #""\'""#, #""\x41""#, #""\u12""#, #""\u12G4""#, #""\U0041""#, #""\"#,
            #""\ud800""#, #""\udc00""#, #""\ud800\ud800""#, #""\ud800A""#, #""\ud800\n""#, #""\udc00\ud800""#,
            #""\u+123""#, #""\u 123""#, "\"\\u\u{FF11}234\"",
        ])
    func refused(_ text: String) {
        #expect(!ParsedJSON.isStrict(text))
    }

    @Test(
        "refuses what is not UTF-8",
        arguments: [
            [0x80], [0xBF], [0xC0, 0x80], [0xC1, 0xBF], [0xC2], [0xC2, 0x41], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF],
            [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF], [0xF0, 0x80, 0x80, 0x80],
            [0xF0, 0x8F, 0xBF, 0xBF], [0xF0, 0x9F, 0x98], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xFE],
            [0xFF], [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82, 0x41],
        ] as [[UInt8]])
    func invalidUTF8(_ sequence: [UInt8]) {
        #expect(!ParsedJSON.isStrict([UInt8(ascii: "\"")] + sequence + [UInt8(ascii: "\"")]))
        #expect(!ParsedJSON.isStrict(sequence))
        #expect(!ParsedJSON.isStrict([UInt8(ascii: "\"")] + sequence))
    }

    @Test(
        "accepts the first and the last scalar of each length",
        arguments: [
            "\u{20}", "\u{7F}", "\u{80}", "\u{7FF}", "\u{800}", "\u{D7FF}", "\u{E000}", "\u{FFFF}", "\u{10000}",
            "\u{10FFFF}",
        ])
    func scalars(_ text: String) throws {
        #expect(try ParsedJSON.with("\"\(text)\"") { $0.string } == text)
    }

    @Test("nests 16 deep and no deeper", arguments: [(1, true), (15, true), (16, true), (17, false), (5_000, false)])
    func depth(depth: Int, isAccepted: Bool) {
        let arrays = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        #expect(ParsedJSON.isStrict(arrays) == isAccepted)
        let objects = String(repeating: #"{"a":"#, count: depth) + "0" + String(repeating: "}", count: depth)
        #expect(ParsedJSON.isStrict(objects) == isAccepted)
        let beside = "[" + [String](repeating: "[]", count: 20).joined(separator: ",") + "]"
        #expect(ParsedJSON.isStrict(beside), "depth is not the number of arrays")
    }

    @Test("says where it fails")
    func offset() {
        let text = Array(#"{"a":1,"a":2}"#.utf8)
        text.withUnsafeBufferPointer { bytes in
            let failure = #expect(throws: StrictJSON.Failure.self) { try StrictJSON(parsing: bytes) }
            #expect(failure?.offset == 8)
        }
    }
}
