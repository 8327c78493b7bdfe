import Testing

@testable import StreamSigningGate

@Suite("Relative references")
struct RelativeReferenceTests {
    @Test(
        "lead from a folder to a folder",
        arguments: [
            ("", "", ""), ("", "a/", "a/"), ("a/", "", "a/"), ("a/", "b", "a/"), ("a/", "b/c", "a/b/"),
            ("a/", "./b/", "a/b/"),
            ("a/", ".", "a/"), ("a/b/", "..", "a/"), ("a/b/", "../c/d.ts", "a/c/"), ("a/", "../b/", "b/"),
            ("a/", "?x=/y/", "a/"),
            ("a/", "b/?x", "a/b/"), ("a/", "#/x", "a/"),
        ])
    func folder(_ base: String, _ reference: String, _ expected: String) {
        #expect(Self.folder(reference, base) == expected)
    }

    @Test(
        "are not followed out of the video, or where they could be read in two ways",
        arguments: [
            "..", "../../a/", "/a/", "//a/b/", "a//b", "a\\b/", "%2e%2e/", "a%2Fb/", "a:b/", "http:", "a b/", "a&b/",
            "\ta/",
        ])
    func nowhere(_ reference: String) {
        #expect(Self.folder(reference, "") == nil)
    }

    private static func folder(_ reference: String, _ base: String) -> String? {
        Array(reference.utf8).withUnsafeBytes { bytes in
            RelativeReference.folder(bytes[...], from: Array(base.utf8)).map { String(decoding: $0, as: UTF8.self) }
        }
    }

    @Test(
        "begin with the way up",
        arguments: [
            ("", "a.ts", "a.ts"), ("", "", "./"), ("a/", "a/", "./"), ("a/", "a/b.ts", "b.ts"),
            ("a/", "ab/c.ts", "../ab/c.ts"),
            ("ab/", "a/c.ts", "../a/c.ts"), ("a/b/c/", "a/d.ts", "../../d.ts"), ("a/", "", "../"),
            ("a/", "a/?b", "./?b"),
            ("a/", "a/#b", "./#b"), ("a/", "a/b:c", "./b:c"), ("a/", "a/b/c:d", "b/c:d"), ("a/", "b:c", "../b:c"),
            ("a/", "a/b?c:d", "b?c:d"), ("a/", "a", "../a"),
        ])
    func prefix(_ base: String, _ path: String, _ expected: String) {
        Array(path.utf8).withUnsafeBytes { bytes in
            let (text, rest) = RelativeReference.prefix(from: Array(base.utf8), to: bytes[...])
            #expect(text + String(decoding: rest, as: UTF8.self) == expected)
        }
    }
}
