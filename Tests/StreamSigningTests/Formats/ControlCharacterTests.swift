import Testing

@testable import StreamSigning

@Suite("Control characters")
struct ControlCharacterTests {
    @Test("are those of Unicode's category, wherever they stand")
    func scalars() throws {
        for scalar in (0...0x2FFF).compactMap(Unicode.Scalar.init) {
            let isControl = scalar.properties.generalCategory == .control
            for text in ["\(scalar)", "a\(scalar)", "é\(scalar)ß", "\(scalar)\u{10FFFF}"] {
                #expect(text.hasControlCharacters == isControl, "U+\(String(scalar.value, radix: 16))")
            }
        }
        #expect(!"".hasControlCharacters && !"viewer 47-11".hasControlCharacters)
    }
}
