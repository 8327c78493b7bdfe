import Testing

@testable import StreamSigning

@Suite("Subjects of revocations")
struct RevocationSubjectTests {
    @Test("are equal byte for byte, not by Unicode equivalence")
    func byteEquality() throws {
        let composed = try RevocationSubject(.viewer, "caf\u{E9}")
        let decomposed = try RevocationSubject(.viewer, "cafe\u{301}")
        #expect(composed != decomposed && Set([composed, decomposed]).count == 2)
        #expect(try composed == RevocationSubject(.viewer, "caf\u{E9}"))
        #expect(try RevocationSubject(.viewer, "a") != RevocationSubject(.video, "a"))
        #expect(try RevocationSubject(.viewer, "a") != RevocationSubject(.viewer, "A"))
    }

    @Test(
        "have 1 to 255 bytes, but for videos", arguments: [RevocationSubject.Kind.token, .session, .viewer],
        [("k", 0, false), ("k", 1, true), ("k", 255, true), ("k", 256, false), ("é", 127, true), ("é", 128, false)])
    func bounds(_ kind: RevocationSubject.Kind, _ row: (String, Int, Bool)) {
        let (character, count, isAccepted) = row
        let id = String(repeating: character, count: count)
        guard !isAccepted else {
            #expect(throws: Never.self) { try RevocationSubject(kind, id) }
            return
        }
        let error = #expect(throws: InvalidRevocation.self) { try RevocationSubject(kind, id) }
        #expect(error?.pointer == "/\(kind.rawValue)")
    }

    @Test(
        "have no control characters", arguments: RevocationSubject.Kind.allCases,
        ["a\u{0}", "\n", "\u{1B}[31m", "a\u{7F}", "\u{85}b", "\u{9F}"])
    func control(_ kind: RevocationSubject.Kind, _ id: String) {
        #expect(throws: InvalidRevocation.self) { try RevocationSubject(kind, id) }
    }

    @Test(
        "of a video are ids that videos can have: another one would revoke nothing",
        arguments: [
            ("v", true), ("ea95132c15732412d22c1476fa83f27a", true), (String(repeating: "v", count: 64), true),
            (String(repeating: "v", count: 65), false), ("", false), ("not/a/video", false), ("a b", false),
            ("https://video.example/v/manifest/video.m3u8", false), ("eyJh.eyJi.c", false), ("vidéo", false),
        ])
    func video(_ id: String, _ isAccepted: Bool) {
        guard !isAccepted else {
            #expect(throws: Never.self) { try RevocationSubject(.video, id) }
            return
        }
        let error = #expect(throws: InvalidRevocation.self) { try RevocationSubject(.video, id) }
        #expect(error?.pointer == "/video" && error?.reason.hasPrefix("`video`") == true)
        // What was recorded when they were accepted can still be read, listed and lifted.
        #expect(((try? RevocationSubject(recorded: .video, id))?.id == id) == !id.isEmpty)
    }

    @Test("may be any other text", arguments: [" ", "a/b?c", "\"\\", "ключ", "😀\u{200D}", "\u{A0}"])
    func accepted(_ id: String) throws {
        #expect(try RevocationSubject(.viewer, id).id.utf8.elementsEqual(id.utf8))
    }

    @Test("have a denial code each, and spare later tokens if there can be any")
    func kinds() {
        let kinds = RevocationSubject.Kind.allCases
        #expect(kinds.map(\.denialCode) == [.tokenRevoked, .sessionRevoked, .viewerRevoked, .videoRevoked])
        #expect(kinds.map(\.sparesLaterTokens) == [false, false, true, true])
    }
}
