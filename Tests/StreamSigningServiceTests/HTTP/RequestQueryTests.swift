import Testing

@testable import StreamSigningHTTP

@Suite("A query")
struct RequestQueryTests {
    @Test(
        "has each value of a name, decoded, in order",
        arguments: [
            ("a=1&b=2&a=3", ["1", "3"]), ("a", [""]), ("a=", [""]), ("a=b=c", ["b=c"]), ("a=%31%26", ["1&"]),
            ("%61=1", ["1"]), ("&&a=1&", ["1"]), ("a=%c3%a4", ["ä"]), ("", []), ("A=1", []), ("=1", []),
            ("b=a=1", []),
        ] as [(String, [String])])
    func values(text: String, expected: [String]) {
        #expect(RequestQuery(text)["a"] == expected)
    }

    @Test("is taken literally where it is not properly encoded", arguments: ["%", "%4", "%zz", "1%", "%ff"])
    func undecoded(value: String) {
        #expect(RequestQuery("a=\(value)")["a"] == [value])
    }
}
