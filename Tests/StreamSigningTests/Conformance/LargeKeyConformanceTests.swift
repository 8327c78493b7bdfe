import StreamSigning
import Testing

@Suite("Conformance: the largest key", .enabled(if: ExternalCorpus.isThere, "STREAM_SIGNING_CORPUS is not set"))
struct LargeKeyConformanceTests {
    /// 8192 bits are the most we take: a verification with it costs what fourteen with 2048 bits do.
    @Test("of Wycheproof, 8192 bits, is read and written back byte for byte")
    func largest() throws {
        let text = String(decoding: try ExternalCorpus.data("pem-cases/rsa8192-spki-public.pem"), as: UTF8.self)
        let key = try VerificationKey(importing: text)
        #expect(key.bits == 8192)
        #expect(try key.pem(.spki).split(separator: "\n") == text.split(separator: "\n"))
    }
}
