import Testing

@testable import StreamSigningGate

/// ``SampleMPD`` says what `@` and `^` stand for.
@Suite("References in MPDs")
struct DASHManifestTests {
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
            "<!-- ^a --><BaseURL serviceLocation=\"^\">@b</BaseURL><Period id='^'><![CDATA[a ^]]><?a ^?></Period>",
            "<Period xlink:href=\"urn:mpeg:dash:resolve-to-zero:2013\"/><Location>@a</Location>",
        ])
    func rewritten(_ content: String) throws {
        for prefix in [
            SampleMPD.folder, "/manifest/live/", "https://gate.example\(SampleMPD.folder)", "/acct\(SampleMPD.folder)",
        ] {
            let expected = SampleMPD.text(content.replacing("@", with: ""), at: prefix)
            #expect(try SampleMPD.read(SampleMPD.text(content, at: prefix)) == (expected, .rewritten))
        }
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
        let (text, outcome) = try SampleMPD.read(SampleMPD.text(content))
        #expect(text == SampleMPD.text(expected ?? content) && outcome == (expected == nil ? .notRelative : .rewritten))
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
        #expect(try SampleMPD.read(SampleMPD.text(content)) == (SampleMPD.text(content), .notRelative))
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
        #expect(try SampleMPD.read(SampleMPD.text(content)) == (SampleMPD.text(content), .notRelative))
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
        let text = text.replacing("@", with: SampleMPD.folder)
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
        let manifest = try SampleManifest(text.replacing("$", with: "<BaseURL>\(SampleMPD.folder)</BaseURL>"), .dash)
        #expect(manifest.text == text.replacing("$", with: "<BaseURL>./</BaseURL>") && manifest.outcome == .rewritten)
    }
}
