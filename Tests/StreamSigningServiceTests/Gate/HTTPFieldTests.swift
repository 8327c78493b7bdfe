#if Service
    import Testing

    @testable import StreamSigningService

    @Suite("Fields of a media request")
    struct HTTPFieldTests {
        static let ranges: [(field: String?, expected: ByteRange)] = [
            (nil, .whole), ("bytes=0-9", .part(0..<10)), ("bytes=0-0", .part(0..<1)), ("bytes=99-", .part(99..<100)),
            ("bytes=-1", .part(99..<100)), ("bytes=-100", .part(0..<100)), ("bytes=-1000", .part(0..<100)),
            ("bytes=90-1000", .part(90..<100)), ("Bytes=1-2", .part(1..<3)),
            ("bytes=0-99999999999999999999", .part(0..<100)), ("bytes=-99999999999999999999", .part(0..<100)),
            ("bytes=100-", .unsatisfiable), ("bytes=100-200", .unsatisfiable), ("bytes=-0", .unsatisfiable),
            ("bytes=99999999999999999999-", .unsatisfiable),
            // What is not understood, or not worth it, is ignored (RFC 9110 14.2).
            ("bytes=5-4", .whole), ("bytes=", .whole), ("bytes=-", .whole), ("bytes=a-b", .whole),
            ("items=0-1", .whole),
            ("bytes=0-1,3-4", .whole), ("bytes=0x1-2", .whole), ("bytes=+1-2", .whole), ("bytes= 1-2", .whole),
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
#endif
