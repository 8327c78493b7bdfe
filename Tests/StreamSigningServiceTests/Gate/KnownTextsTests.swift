import Foundation
import NIOCore
import StreamSigningPlatform
import Testing

@testable import StreamSigningGate

@Suite("Known texts")
struct KnownTextsTests {
    private func text(_ size: Int) -> MediaFile {
        var status = file_status()
        status.size = Int64(size)
        return MediaFile(
            OpenFile(descriptor: open("/dev/null", O_RDONLY)), FileState(status), MediaType("a.vtt"),
            text: ByteBuffer(repeating: 0x61, count: size), entityTag: "", isSettled: true)
    }

    @Test("are kept until others need the room, those that are asked for the longest")
    func room() {
        // Room for about four.
        let texts = KnownTexts(limit: 4 * (8000 * 5 / 4 + 1024))
        for path in ["a", "b", "c", "d", "e"] {
            texts.keep(text(8000), as: path)
            #expect(texts["a"] != nil, "it is asked for")
        }
        #expect(texts["d"] != nil && texts["b"] == nil)
    }

    @Test("are replaced and forgotten")
    func replaced() {
        let texts = KnownTexts()
        texts.keep(text(1), as: "a")
        texts.keep(text(2), as: "a")
        #expect(texts["a"]?.representation.size == 2)
        texts.forget("a")
        #expect(texts["a"] == nil && texts["b"] == nil)
        texts.forget("a")
    }
}
