import Testing

@testable import StreamSigningGate

/// In these texts, `@` stands for the manifest's folder in a reference, and `^` for the same where nobody may touch it.
@Suite("References in MPDs")
struct DASHManifestTests {
    private static let folder = "/\(SampleManifest.video)/manifest/live/"

    private func read(_ text: String) throws -> (text: String, outcome: ManifestOutcome) {
        let manifest = try SampleManifest(text, .dash, origins: ["https://gate.example"])
        return (manifest.text, manifest.outcome)
    }

    private func mpd(_ content: String, at folder: String = folder) -> String {
        let root = #"<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">"#
        let text = #"<?xml version="1.0" encoding="utf-8"?>\#n\#(root)\#(content)</MPD>\#n"#
        return text.replacing("@", with: folder).replacing("^", with: folder)
    }

    @Test(
        "become relative if they lead to the video",
        arguments: [
            "<Period><AdaptationSet><SegmentTemplate media=\"@$RepresentationID$-$Number%05d$.m4s\" initialization='@i-$$.mp4'/>"
                + "</AdaptationSet></Period>",
            "<Period><SegmentTemplate index=\"@i\"\n bitstreamSwitching = \"@b\" timescale=\"1\"></SegmentTemplate></Period>",
            "<Period><SegmentList xlink:href=\"@list.xml\"><Initialization sourceURL=\"@i\"/>"
                + "<RepresentationIndex sourceURL=\"@r\"/><BitstreamSwitching sourceURL=\"@b\"/>"
                + "<SegmentURL media=\"@1?a=1&amp;b=^\" index=\"@x\" mediaRange=\"0-1\"/></SegmentList></Period>",
            "<Period xlink:href=\"@period.xml\" xlink:actuate=\"onLoad\"/>",
            "<Period><EventStream xlink:href=\"@events.xml\"/><AdaptationSet xlink:href=\"@set.xml\"/></Period>",
            "<Location>@video.mpd</Location><PatchLocation ttl=\"60\"> @video.mpp\n</PatchLocation>",
            "<Period><AdaptationSet><Representation><BaseURL>@film.mp4</BaseURL>"
                + "<SegmentBase indexRange=\"0-1\"><Initialization range=\"0-1\"/></SegmentBase></Representation>"
                + "</AdaptationSet></Period>",
            "<!-- ^a --><BaseURL serviceLocation=\"^\">@b</BaseURL><Period id='^'><![CDATA[^]]><?a ^?></Period>",
            "<Period xlink:href=\"urn:mpeg:dash:resolve-to-zero:2013\"/><Location>@a</Location>",
        ])
    func rewritten(_ content: String) throws {
        for prefix in [Self.folder, "/manifest/live/", "https://gate.example\(Self.folder)", "/acct\(Self.folder)"] {
            let expected = mpd(content.replacing("@", with: ""), at: prefix)
            #expect(try read(mpd(content, at: prefix)) == (expected, .rewritten))
        }
    }

    @Test("are rewritten under a prefix of the MPD's own, too")
    func prefixed() throws {
        let text =
            "<d:MPD xmlns:d=\"urn:mpeg:dash:schema:mpd:2011\"><d:BaseURL>@</d:BaseURL><BaseURL>^</BaseURL></d:MPD>"
        let expected = text.replacing("@", with: "./").replacing("^", with: Self.folder)
        #expect(
            try read(text.replacing("@", with: Self.folder).replacing("^", with: Self.folder)) == (expected, .rewritten)
        )
    }

    @Test(
        "are relative to the BaseURL elements around them",
        arguments: [
            ("<BaseURL>@</BaseURL>", "<BaseURL>./</BaseURL>"),
            ("<BaseURL>@../</BaseURL>", nil),
            (
                "<BaseURL>@x/</BaseURL><Period><BaseURL>@y/</BaseURL></Period>",
                "<BaseURL>x/</BaseURL><Period><BaseURL>../y/</BaseURL></Period>"
            ),
            (
                "<BaseURL>x/</BaseURL><Period><BaseURL>@y/</BaseURL><SegmentTemplate media=\"@y/$Time$\"/></Period>",
                "<BaseURL>x/</BaseURL><Period><BaseURL>../y/</BaseURL><SegmentTemplate media=\"$Time$\"/></Period>"
            ),
            (
                "<BaseURL>@a</BaseURL><BaseURL>https://gate.example@b</BaseURL><Period><SegmentTemplate media=\"@$Time$\"/></Period>",
                "<BaseURL>a</BaseURL><BaseURL>b</BaseURL><Period><SegmentTemplate media=\"$Time$\"/></Period>"
            ),
            (
                "<BaseURL>../</BaseURL><Period><SegmentTemplate media=\"@$Time$\"/></Period>",
                "<BaseURL>../</BaseURL><Period><SegmentTemplate media=\"live/$Time$\"/></Period>"
            ),
            (
                "<BaseURL>x/</BaseURL><Location>@video.mpd</Location>",
                "<BaseURL>x/</BaseURL><Location>video.mpd</Location>"
            ),
            (
                "<Period><AdaptationSet><Representation><BaseURL>x/</BaseURL><SegmentTemplate media=\"@x/$Time$\"/></Representation>"
                    + "<Representation><SegmentTemplate media=\"@$Time$\"/></Representation></AdaptationSet></Period>",
                "<Period><AdaptationSet><Representation><BaseURL>x/</BaseURL><SegmentTemplate media=\"$Time$\"/></Representation>"
                    + "<Representation><SegmentTemplate media=\"$Time$\"/></Representation></AdaptationSet></Period>"
            ),
        ])
    func bases(_ content: String, _ expected: String?) throws {
        let (text, outcome) = try read(mpd(content))
        #expect(text == mpd(expected ?? content) && outcome == (expected == nil ? .notRelative : .rewritten))
    }

    @Test(
        "are left where nobody knows what they are relative to, and counted",
        arguments: [
            "<BaseURL>https://cdn.example/</BaseURL><Period><BaseURL>@</BaseURL></Period>",
            "<BaseURL>https://cdn.example/</BaseURL><Period><SegmentTemplate media=\"https://gate.example@$Time$\"/></Period>",
            "<BaseURL>x/</BaseURL><BaseURL>y/</BaseURL><Period><SegmentTemplate media=\"@$Time$\"/></Period>",
            "<BaseURL>../../../</BaseURL><Period><SegmentTemplate media=\"@$Time$\"/></Period>",
            "<BaseURL>%2e%2e/</BaseURL><Period><SegmentTemplate media=\"@$Time$\"/></Period>",
            "<BaseURL>x&#47;</BaseURL><Period><SegmentTemplate media=\"@$Time$\"/></Period>",
            "<BaseURL>a<!-- b --></BaseURL><Period><SegmentTemplate media=\"@$Time$\"/></Period>",
            "<BaseURL><![CDATA[x/]]></BaseURL><Period><SegmentTemplate media=\"@$Time$\"/></Period>",
            "<BaseURL>x/</BaseURL><Period xlink:href=\"@period.xml\"/>",
            "<Period><AdaptationSet><SegmentTemplate media=\"@$Time$\"/><Representation><BaseURL>x/</BaseURL></Representation>"
                + "</AdaptationSet></Period>",
        ])
    func unknownBases(_ content: String) throws {
        #expect(try read(mpd(content)) == (mpd(content), .notRelative))
    }

    @Test(
        "are left if they could be read in two ways, and counted",
        arguments: [
            "<BaseURL>@../x/</BaseURL>", "<BaseURL>/&#47;evil.example@</BaseURL>",
            "<BaseURL>/\\evil.example@</BaseURL>",
            "<BaseURL>https://a@gate.example@</BaseURL>", "<BaseURL>/other/</BaseURL>", "<BaseURL>@a&amp;b/</BaseURL>",
            "<Period><SegmentTemplate media=\"@$Time.m4s\"/></Period>",
            "<Period><SegmentTemplate media=\"@$Time$/../x\"/></Period>",
            "<Period><SegmentTemplate media=\"/$RepresentationID$/x\"/></Period>",
        ])
    func left(_ content: String) throws {
        #expect(try read(mpd(content)) == (mpd(content), .notRelative))
    }

    @Test(
        "are not looked for elsewhere",
        arguments: [
            "<Period><EventStream><Event messageData=\"^\"><BaseURL>^</BaseURL></Event></EventStream></Period>",
            "<x:BaseURL xmlns:x=\"urn:x\">^</x:BaseURL>", "<BaseURL xmlns=\"urn:x\">^</BaseURL>",
            "<ProgramInformation moreInformationURL=\"^\"><BaseURL>^</BaseURL></ProgramInformation>",
            "<Period><SegmentTemplate x:media=\"^\"/></Period>", "<a:b xmlns:a=\"urn:a\"><c d=\"^\">^</c></a:b>",
            "<Period><AdaptationSet><ContentProtection><x:a xmlns:x=\"urn:x\" b=\"^\">^</x:a></ContentProtection></AdaptationSet>"
                + "</Period>",
            "<UTCTiming schemeIdUri=\"^\" value=\"https://time.example/\"/>",
            "<Period><New a=\"x\">/other/x</New></Period>",
            "<BaseURL>https://cdn.example/films/</BaseURL>", "<BaseURL>x/</BaseURL>", "<BaseURL/>",
            "<BaseURL> </BaseURL>",
        ])
    func others(_ content: String) throws {
        #expect(try read(mpd(content)) == (mpd(content), .relative))
    }

    @Test(
        "are left, and counted, where nobody here knows that there can be any",
        arguments: [
            "<InitializationSet initialization=\"^init.mp4\"/>",
            "<Period><InitializationSet initialization='^$Time$'/></Period>",
            "<InitializationSet><SegmentTemplate media=\"^$Number$.m4s\"/></InitializationSet>",
            "<ContentSteering>^</ContentSteering>", "<baseurl>\n ^ </baseurl>",
            "<Period><New><Newer>^</Newer></New></Period>",
            "<Period><SegmentTemplate Media=\"^\"/></Period>", "<Period><SegmentTemplate href=\" ^\"/></Period>",
            "<Period><SegmentList xmlns:l=\"http://www.w3.org/1999/xlink\" l:href=\"^\"/></Period>",
            "<Period><AdaptationSet><ContentProtection><BaseURL>^</BaseURL></ContentProtection></AdaptationSet></Period>",
            "<EssentialProperty schemeIdUri=\"urn:mpeg:dash:mpd-chaining:2016\" value=\"^next.mpd\"/>",
            "<ImportedMPD uri=\"^a.mpd\">^b.mpd</ImportedMPD>", "<ContentSteering>&#x2f;manifest/a</ContentSteering>",
        ])
    func unknown(_ content: String) throws {
        for prefix in [Self.folder, "/manifest/live/", "https://gate.example\(Self.folder)"] {
            let text = mpd(content, at: prefix)
            #expect(try read(text) == (text, .notRelative))
        }
    }

    @Test(
        "are left, and counted, if their bytes do not show that they are not relative",
        arguments: [
            "<BaseURL>&#47;manifest/</BaseURL>", "<Location>https&#58;//gate.example/manifest/a.mpd</Location>",
            "<Location><![CDATA[^]]></Location>", "<Location>^<!-- --></Location>",
            "<Period><SegmentTemplate media=\"&#x2F;manifest/$Time$\"/></Period>",
            "<Period><SegmentTemplate media=\" ^$Time$\"/></Period>", "<Period xlink:href='\n^'/>",
            "<Period xlink:href='&#32;^'/>",
        ])
    func veiled(_ content: String) throws {
        #expect(try read(mpd(content)) == (mpd(content), .notRelative))
        let harmless = "<BaseURL>a&amp;b/</BaseURL><Location>c&#100;e.mpd?f&amp;g</Location>"
        #expect(try read(mpd(harmless)) == (mpd(harmless), .relative))
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
            .replacing("^", with: Self.folder)
        let (found, outcome) = try read(text.replacing("@", with: Self.folder))
        let expected = text.replacing(">@<", with: ">./<").replacing("@", with: "")
        #expect(found == expected && outcome == .rewritten)
    }

    @Test("are relative to a BaseURL under another prefix, too")
    func prefixedBase() throws {
        let text = """
            <MPD xmlns="urn:mpeg:dash:schema:mpd:2011" xmlns:d="urn:mpeg:dash:schema:mpd:2011"><d:BaseURL>x/</d:BaseURL>\
            <Period><SegmentTemplate media="@x/$Time$"/></Period></MPD>
            """
        let (found, outcome) = try read(text.replacing("@", with: Self.folder))
        #expect(found == text.replacing("@x/", with: "") && outcome == .rewritten)
    }

    @Test("are not looked for if a namespace is written in another way than everybody reads")
    func veiledNamespace() throws {
        try checkProblem(
            "<MPD xmlns=\"urn:mpeg&#58;dash:schema:mpd:2011\"><BaseURL>@</BaseURL></MPD>",
            "it names a namespace with entities")
    }

    @Test(
        "are not looked for in what is not XML",
        arguments: [
            "", "<MPD>", "<MPD></Mpd>", "<MPD/><MPD/>", "a<MPD/>", "<MPD/>a", "<MPD a=\"1\"b=\"2\"/>",
            "<MPD a=\"1\" a=\"2\"/>", "<MPD a=1/>", "<MPD a/>", "<MPD a=\"<\"/>", "<MPD a=\"1/>",
            "<MPD><!-- </MPD>", "< MPD/>", "<MPD><1/></MPD>", "<MPD/><![CDATA[]]>", "<MPD/",
            "<MPD><BaseURL>@<BaseURL></MPD>", "</MPD>", "<",
        ])
    func noXML(_ text: String) throws {
        try checkProblem(text, "it is not well-formed XML")
    }

    @Test(
        "are not looked for in a document of a declared type, in which names may stand for anything",
        arguments: [
            "<!DOCTYPE MPD><MPD/>", "<!DOCTYPE MPD SYSTEM \"http://evil.example/x.dtd\"><MPD/>",
            "<!DOCTYPE MPD [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><MPD><BaseURL>&a;</BaseURL></MPD>",
            "<!DOCTYPE MPD [<!ENTITY a \"&b;&b;\"><!ENTITY b \"&a;\">]><MPD>&a;</MPD>",
            "<MPD><!ENTITY a \"b\"></MPD>",
        ])
    func documentTypes(_ text: String) throws {
        try checkProblem(text, "it declares a document type")
    }

    @Test(
        "are not looked for in a document in which names stand for anything",
        arguments: [
            "<MPD>&a;</MPD>", "<MPD a=\"&b;\"/>", "<MPD>&#x;</MPD>", "<MPD>&#;</MPD>", "<MPD>a & b</MPD>",
            "<MPD>&amp</MPD>", "<MPD>&#1x;</MPD>",
        ])
    func entities(_ text: String) throws {
        try checkProblem(text, "it refers to an entity")
    }

    @Test(
        "are not looked for in what is not an MPD, or cannot be read to the end",
        arguments: [
            ("<html/>", "it is not an MPD"), ("<MPD xmlns=\"urn:x\"/>", "it is not an MPD"),
            ("<Period/>", "it is not an MPD"), ("<?xml version='1.0' encoding='UTF-16'?><MPD/>", "it is not UTF-8"),
            ("<?xml encoding=\"UTF-7\"?><MPD/>", "it is not UTF-8"), ("<MPD>\0</MPD>", "it holds a NUL"),
            (
                "<MPD><Period><BaseURL>@</BaseURL></Period><BaseURL>@</BaseURL></MPD>",
                "a BaseURL comes after what it is for"
            ),
            (String(repeating: "<MPD>", count: 65), "its elements are nested too deeply"),
            (
                "<MPD \((0...64).map { "a\($0)='' " }.joined())/>", "an element has too many attributes"
            ),
        ])
    func noMPD(_ text: String, _ problem: String) throws {
        try checkProblem(text, problem)
    }

    private func checkProblem(_ text: String, _ problem: String) throws {
        let text = text.replacing("@", with: Self.folder)
        let manifest = try SampleManifest(text, .dash)
        #expect(manifest.text == text && manifest.outcome == .notUnderstood && manifest.problem == problem)
    }

    @Test(
        "are found in every sound document",
        arguments: [
            "\u{FEFF}<MPD>$</MPD>", "<?xml version='1.0'?>\n<MPD >$</MPD >\n", "<!-- <x> & -->\n<MPD>$</MPD><?x & ?>",
            "<?xml version='1.0' encoding = \"us-ascii\" standalone='yes' ?><MPD a='\"' b = \"&lt;'&#38;&#x26;&quot;\">$</MPD>",
            "<MPD>&amp;<é:ä b.-_é='>'/>$]]</MPD>",
            "<MPD \((0..<64).map { "a\($0)='' " }.joined())>$</MPD>",
        ])
    func sound(_ text: String) throws {
        let manifest = try SampleManifest(text.replacing("$", with: "<BaseURL>\(Self.folder)</BaseURL>"), .dash)
        #expect(manifest.text == text.replacing("$", with: "<BaseURL>./</BaseURL>") && manifest.outcome == .rewritten)
    }
}
