import NIOHTTP1
import Testing

@testable import StreamSigningGate

@Suite("Codings that a client takes")
struct ContentCodingTests {
    @Test(
        "include gzip",
        arguments: [
            "gzip", "GZIP", "x-gzip", "gzip, deflate, br, zstd", "deflate, gzip;q=0.5", "gzip ; q=0.001", "*",
            "br;q=1.0, *;q=0.1",
            "identity;q=0.5, gzip;q=0.5", ", gzip", "br, , gzip,",
        ])
    func accepted(_ field: String) {
        #expect(ContentCoding.acceptsGzip(["Accept-Encoding": field]))
    }

    @Test(
        "do not include gzip",
        arguments: [
            "", ",", " , ", "identity", "br", "gzip;q=0", "gzip;q=0.000", "*;q=0", "gzip;q=0, *", "gzip;q=2",
            "gzip;q=-1",
            "gzip;q=nan",
            "gzip;level=9", "gzip;q", "gzip;q=1;q=1", "gzipped", "identity, gzip;q=0.5", "identity;q=1, *;q=0",
        ])
    func refused(_ field: String) {
        #expect(!ContentCoding.acceptsGzip(["Accept-Encoding": field]))
    }

    @Test("do not include gzip if nothing is said, and may be on several lines")
    func lines() {
        #expect(!ContentCoding.acceptsGzip([:]))
        #expect(ContentCoding.acceptsGzip(HTTPHeaders([("Accept-Encoding", "br"), ("Accept-Encoding", "gzip")])))
    }
}
