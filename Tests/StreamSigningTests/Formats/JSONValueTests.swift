import Testing

@testable import StreamSigning

@Suite("JSON values")
struct JSONValueTests {
    @Test(
        "give strings with their escapes resolved",
        arguments: [
            (#""""#, ""), (#""a\u0062c""#, "abc"), (#""\"\\\/\b\f\n\r\t""#, "\"\\/\u{8}\u{C}\n\r\t"),
            (#""\ud83d\ude00""#, "😀"), (#""\u00E9\u00e9""#, "éé"), (#""\u0000""#, "\u{0}"), (#""\\u0041""#, #"\u0041"#),
            (#""\uFFFF\ue000""#, "\u{FFFF}\u{E000}"), (#""\udbff\udfff""#, "\u{10FFFF}"),
        ])
    func strings(text: String, value: String) throws {
        try ParsedJSON.with(text) { root in
            #expect(root.string.map { Array($0.utf8) } == Array(value.utf8))
            #expect(root.withStringBytes { Array($0) } == Array(value.utf8))
        }
    }

    @Test("give nothing where they are of another type")
    func types() throws {
        try ParsedJSON.with(#"{"s":"x","n":1,"t":true,"f":false,"z":null,"a":[],"o":{}}"#) { root in
            #expect(root["s"]?.boolean == nil && root["s"]?.elements == nil && root["s"]?["x"] == nil)
            #expect(root["n"]?.string == nil && root["n"]?.boolean == nil)
            #expect(root["t"]?.boolean == true && root["f"]?.boolean == false)
            #expect(root["z"]?.string == nil && root["z"]?.boolean == nil && root["z"]?.kind == .null)
            #expect(root["a"]?.elements?.isEmpty == true && root["a"]?["x"] == nil)
            #expect(root["o"]?.elements == nil && root["missing"] == nil)
        }
    }

    @Test("find a member by its name, escaped or not, behind whatever stands before it")
    func members() throws {
        try ParsedJSON.with(#"{"x":{"kid":"inner"},"y":["kid",{"kid":0}],"\u006bid":"outer","kid ":1}"#) { root in
            #expect(root["kid"]?.string == "outer")
            #expect(root["x"]?["kid"]?.string == "inner")
            #expect(root["y"]?.elements?.count == 2)
            var names: [String?] = []
            root.forEachMember { name, _ in names.append(name.string) }
            #expect(names == ["x", "y", "kid", "kid "])
        }
    }

    @Test("compare with a text byte for byte")
    func comparison() throws {
        try ParsedJSON.with(#"["RS256","rs256","RS\u003256","RS256 ",256]"#) { root in
            #expect(root.elements?.map { $0.isString("RS256") } == [true, false, true, false, false])
        }
    }
}
