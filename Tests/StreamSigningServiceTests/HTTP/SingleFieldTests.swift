import NIOHTTP1
import Testing

@testable import StreamSigningHTTP

@Suite("A field that may stand in a request once")
struct SingleFieldTests {
    @Test(
        "is found whatever its case, and not believed twice",
        arguments: [
            ([], .missing), ([("X-Original-URI", "/a")], .value("/a")), ([("x-oRIGINAL-uri", "/a")], .value("/a")),
            ([("X-Original-URI", "")], .value("")), ([("X-Original-URL", "/a")], .missing),
            ([("X-Original-UR", "/a"), ("X-Original-URI-", "/b"), ("X-Original-URI", "/c")], .value("/c")),
            ([("X-Original-URI", "/a"), ("x-original-uri", "/a")], .repeated),
            ([("X-Original-URI", "/a"), ("Host", "b"), ("X-Original-URI", "")], .repeated),
        ] as [([(String, String)], SingleField)])
    func single(_ fields: [(String, String)], _ found: SingleField) {
        #expect(HTTPHeaders(fields).single("X-Original-URI") == found)
    }
}
