import Testing

@testable import StreamSigning

@Suite("Duplicate JSON members")
struct DuplicateMemberTests {
    @Test(
        "are refused at any depth, escaped or not",
        arguments: [
            #"{"a":1,"a":1}"#, #"{"a":1,"b":2,"a":3}"#, #"{"a":1,"\u0061":2}"#, #"{"\u0061":1,"a":2}"#,
            #"{"\u0061":1,"\u0061":2}"#, #"{"a\/b":1,"a/b":2}"#, #"{"\n":1,"\u000a":2}"#, #"{"\u000A":1,"\u000a":2}"#,
            #"{"😀":1,"\ud83d\ude00":2}"#, #"{"":1,"":2}"#, #"{"\"":1,"\u0022":2}"#, #"{"x":{"a":1,"a":2}}"#,
            #"[[[{"a":1,"a":2}]]]"#, #"{"x":[{"y":{"a":{},"a":[]}}]}"#, #"{"a":{"b":1},"c":[1,{"d":2}],"a":0}"#,
            #"{"é":1,"\u00e9":2}"#,
        ])
    func refused(_ text: String) {
        #expect(!ParsedJSON.isStrict(text))
    }

    @Test(
        "are none where names only resemble each other, or stand in different objects",
        arguments: [
            #"{"a":1,"A":2}"#, #"{"é":1,"e\u0301":2}"#, #"{"a":{"a":{"a":1}}}"#, #"[{"a":1},{"a":2}]"#,
            #"{"a":"b","b":"a"}"#, #"{"a":1,"a ":2}"#, #"{"a":1,"a\u0000":2}"#, #"{"a":["a","a"]}"#, #"{"ſ":1,"s":2}"#,
        ])
    func accepted(_ text: String) {
        #expect(ParsedJSON.isStrict(text))
    }

    /// Few members are compared in pairs and many through a set: both sides of that boundary, and a long way past it.
    @Test("are found among any number of members, wherever they stand", arguments: [2, 11, 12, 13, 14, 100])
    func anyCount(count: Int) {
        for first in 0..<min(count, 14) {
            var names = (0..<count).map { "m\($0)" }
            #expect(ParsedJSON.isStrict(object(names)))
            names[first] = "m\(count - 1 == first ? 0 : count - 1)"
            #expect(!ParsedJSON.isStrict(object(names)), "\(first) of \(count)")
            names[first] = "\\u006d\(count - 1 == first ? 0 : count - 1)"
            #expect(!ParsedJSON.isStrict(object(names)), "escaped, \(first) of \(count)")
        }
    }

    private func object(_ names: [String]) -> String {
        "{" + names.map { "\"\($0)\":{\"x\":1}" }.joined(separator: ",") + "}"
    }
}
