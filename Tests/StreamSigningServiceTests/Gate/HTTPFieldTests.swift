import StreamSigningStoreTesting
import Testing

@testable import StreamSigningGate
@testable import StreamSigningHTTP

@Suite("Fields of a media request")
struct HTTPFieldTests {
    static let ranges: [(field: String?, expected: ByteRange)] = [
        (nil, .whole), ("bytes=0-9", .part(0..<10)), ("bytes=0-0", .part(0..<1)), ("bytes=99-", .part(99..<100)),
        ("bytes=-1", .part(99..<100)), ("bytes=-100", .part(0..<100)), ("bytes=-1000", .part(0..<100)),
        ("bytes=90-1000", .part(90..<100)), ("Bytes=1-2", .part(1..<3)),
        // Empty members of a list do not count (RFC 9110 5.6.1).
        ("bytes=1-2,", .part(1..<3)), ("bytes=,1-2", .part(1..<3)), ("bytes=, 1-2 ,,", .part(1..<3)),
        ("bytes=0-99999999999999999999", .part(0..<100)), ("bytes=-99999999999999999999", .part(0..<100)),
        ("bytes=100-", .unsatisfiable), ("bytes=100-200", .unsatisfiable), ("bytes=-0", .unsatisfiable),
        ("bytes=99999999999999999999-", .unsatisfiable),
        // What is not understood, or not worth it, is ignored (RFC 9110 14.2).
        ("bytes=5-4", .whole), ("bytes=", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole),
        ("items=0-1", .whole),
        ("bytes=0-1,3-4", .whole), ("bytes=0-1,,3-4", .whole), ("bytes=,", .whole), ("bytes=0 -1,", .whole),
        ("bytes=0x1-2", .whole), ("bytes=+1-2", .whole), ("bytes= 1-2", .whole),
        ("bytes=1-2-3", .whole), ("bytes=--1", .whole), ("bytes", .whole), ("", .whole),
    ]

    @Test("ask for a part of 100 bytes", arguments: ranges)
    func range(_ field: String?, _ expected: ByteRange) {
        #expect(ByteRange(field, size: 100) == expected)
    }

    @Test("ask in vain for a part of nothing", arguments: ["bytes=0-", "bytes=-5", "bytes=0-0"])
    func emptyFile(_ field: String) {
        #expect(ByteRange(field, size: 0) == .unsatisfiable)
    }

    private static let longest = String(repeating: "a", count: 120)

    static let names: [(path: String, query: String, expected: String?)] = [
        ("downloads/default.mp4", "filename=My-Video_1", "My-Video_1.mp4"),
        ("downloads/default.mp4", "filename=My-Video_1.mp4", "My-Video_1.mp4"),
        ("downloads/audio.m4a", "a=b&filename=song&c", "song.m4a"),
        ("downloads/noname", "filename=video", "video"),
        ("downloads/default.mp4", "filename=" + longest, longest + ".mp4"),
        ("downloads/default.mp4", "filename=one&filename=two", "one.mp4"),
        ("downloads/default.m\"p4", "filename=video", "video"),
        // What is none counts as none.
        ("downloads/default.mp4", "", nil), ("downloads/default.mp4", "filename=", nil),
        ("downloads/default.mp4", "filename=a" + longest, nil),
        ("downloads/default.mp4", "filename=.mp4", nil), ("downloads/default.mp4", "filename=a.exe", nil),
        ("downloads/default.mp4", "filename=..%2Fa", nil), ("downloads/default.mp4", "filename=a/b", nil),
        ("downloads/default.mp4", "filename=a\"b", nil), ("downloads/default.mp4", "filename=a;b", nil),
        ("downloads/default.mp4", "filename=a%0d%0aX:%20y", nil), ("downloads/default.mp4", "filename=\u{E4}", nil),
        ("downloads/default.mp4", "Filename=a", nil), ("downloads/default.mp4", "xfilename=a", nil),
    ]

    @Test("name a download", arguments: names)
    func downloadName(_ path: String, _ query: String, _ expected: String?) {
        let disposition = Array(query.utf8).withUnsafeBytes { ContentDisposition.attachment(path, query: $0) }
        #expect(disposition == expected.map { "attachment; filename=\"\($0)\"" } ?? "attachment")
    }

    static let targets: [(target: String, first: String, rest: String, query: String)] = [
        ("/a/b/c?d=e", "a", "b/c", "d=e"), ("/a/b", "a", "b", ""), ("/a?b", "a", "", "b"), ("/a/b?", "a", "b", ""),
        ("/a/b?c?d", "a", "b", "c?d"), ("/a/b?c#d", "a", "b", "c"), ("/a/b#c?d", "a", "b", ""), ("/", "", "", ""),
        ("http://host/a/b?c", "a", "b", "c"),
    ]

    @Test("are found in its target", arguments: targets)
    func target(_ text: String, _ first: String, _ rest: String, _ query: String) throws {
        try Array(text.utf8).withUnsafeBytes { bytes in
            let target = try #require(RequestTarget(bytes))
            let parts = [target.first, target.rest, target.query].map { String(decoding: $0, as: UTF8.self) }
            #expect(parts == [first, rest, query])
        }
    }

    @Test(
        "hold times as HTTP writes them",
        arguments: [
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"), (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"), (4_102_444_799, "Thu, 31 Dec 2099 23:59:59 GMT"),
        ])
    func date(_ seconds: Int64, _ text: String) {
        #expect(HTTPDate.text(seconds) == text)
        #expect(HTTPDate.seconds(text) == seconds)
    }

    @Test(
        "hold no other times",
        arguments: [
            "", "now", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37",
            "Sun, 06 Nov 1994 08:49:37 CET", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
            "Sun, 06 Nov 99999999999 08:49:37 GMT", "Sun, 06 Nov 1994 08:49 GMT", "a b c d e f",
        ])
    func noDate(_ text: String) {
        #expect(HTTPDate.seconds(text) == nil)
    }
}
