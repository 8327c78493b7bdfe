import Testing

@testable import StreamSigning

@Suite("JSON writing")
struct JSONWriterTests {
    @Test("puts commas between members and elements, and nowhere else")
    func commas() {
        var writer = JSONWriter()
        writer.object {
            $0.name("a")
            $0.array { list in
                list.raw("1")
                list.string("x")
                list.object { _ in }
                list.array { _ in }
            }
            $0.name("b")
            $0.object { inner in
                inner.name("c")
                inner.boolean(true)
            }
            $0.name("d")
            $0.boolean(false)
        }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":[1,"x",{},[]],"b":{"c":true},"d":false}"#)
    }

    @Test("escapes what must be, so that any string comes back as it was", arguments: [UInt64](1...3))
    func strings(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let scalars = (0..<8).compactMap { _ in
                Unicode.Scalar(UInt32.random(in: 0...(random.once(in: 2) ? 0x7F : 0x10FFFF), using: &random))
            }
            var text = ""
            text.unicodeScalars.append(contentsOf: scalars)
            var writer = JSONWriter()
            writer.string(text)
            let read = try ParsedJSON.with(String(decoding: writer.bytes, as: UTF8.self)) { $0.string }
            #expect(read.map { Array($0.utf8) } == Array(text.utf8), "seed \(seed)")
        }
    }
}
