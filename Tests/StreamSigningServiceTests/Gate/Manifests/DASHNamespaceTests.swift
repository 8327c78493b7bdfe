import Testing

@testable import StreamSigningGate

/// ``SampleMPD`` says what `@` and `^` stand for.
@Suite("References in MPDs, and namespaces")
struct DASHNamespaceTests {
    @Test("are rewritten under a prefix of the MPD's own, too")
    func prefixed() throws {
        let text =
            "<d:MPD xmlns:d=\"urn:mpeg:dash:schema:mpd:2011\"><d:BaseURL>@</d:BaseURL><BaseURL>^</BaseURL></d:MPD>"
        let expected = text.replacing("@", with: "./").replacing("^", with: SampleMPD.folder)
        #expect(
            try SampleMPD.read(text.replacing("@", with: SampleMPD.folder).replacing("^", with: SampleMPD.folder)) == (
                expected, .rewritten
            )
        )
    }

    @Test(
        "are found under every prefix of the MPD's namespace, wherever it is declared",
        arguments: [
            (
                "xmlns=\"%\" xmlns:d=\"%\"",
                "<d:Period><d:BaseURL>@</d:BaseURL><d:SegmentTemplate media=\"@$Time$\"/></d:Period>"
            ),
            (
                "xmlns=\"%\" xmlns:d=\"%\"",
                "<d:Period><BaseURL>@</BaseURL><d:SegmentTemplate media=\"@$Time$\"/></d:Period>"
            ),
            (
                "xmlns=\"%\"",
                "<e:Period xmlns:e=\"%\"><e:BaseURL>@</e:BaseURL><SegmentTemplate media=\"@$Time$\"/></e:Period>"
            ),
            ("xmlns=\"%\"", "<Period xmlns:d=\"%\"><d:BaseURL>@</d:BaseURL></Period><d:BaseURL>^</d:BaseURL>"),
            (
                "xmlns=\"%\" xmlns:d=\"%\"",
                "<Period xmlns:d=\"urn:d\"><d:BaseURL>^</d:BaseURL><BaseURL>@</BaseURL></Period>"
            ),
        ])
    func prefixes(_ declarations: String, _ content: String) throws {
        let text = "<MPD \(declarations)>\(content)</MPD>".replacing("%", with: "urn:mpeg:dash:schema:mpd:2011")
            .replacing("^", with: SampleMPD.folder)
        let (found, outcome) = try SampleMPD.read(text.replacing("@", with: SampleMPD.folder))
        let expected = text.replacing(">@<", with: ">./<").replacing("@", with: "")
        #expect(found == expected && outcome == .rewritten)
    }

    @Test("are relative to a BaseURL under another prefix, too")
    func prefixedBase() throws {
        let text = """
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:d="urn:mpeg:dash:schema:mpd:2011"><d:BaseURL>x/</d:BaseURL>\
            <Period><SegmentTemplate media="@x/$Time$"/></Period></MPD>
            """
        let (found, outcome) = try SampleMPD.read(text.replacing("@", with: SampleMPD.folder))
        #expect(found == text.replacing("@x/", with: "") && outcome == .rewritten)
    }

    @Test(
        "are found if characters of a namespace are written as entities, whosever it is",
        arguments: [
            #"<MPD xmlns="urn:mpeg&#58;dash:schema:mpd:2011"><BaseURL>@</BaseURL></MPD>"#,
            #"<MPD xmlns="%"><e:Period xmlns:e="u&#x72;n:mpeg:dash:schema:mpd:2011"><e:BaseURL>@</e:BaseURL></e:Period></MPD>"#,
            #"<MPD xmlns="%" xmlns:x="https://vendor.example/?a&amp;b"><x:BaseURL>^</x:BaseURL><BaseURL>@</BaseURL></MPD>"#,
            #"<MPD xmlns="%"><x xmlns="urn:a&amp;b"><BaseURL>^</BaseURL></x><BaseURL>@</BaseURL></MPD>"#,
        ])
    func veiledNamespace(_ text: String) throws {
        let text = text.replacing("%", with: "urn:mpeg:dash:schema:mpd:2011").replacing("^", with: SampleMPD.folder)
        let (found, outcome) = try SampleMPD.read(text.replacing("@", with: SampleMPD.folder))
        #expect(found == text.replacing("@", with: "./") && outcome == .rewritten)
    }
}
