import Testing

@testable import StreamSigningGate

/// ``SampleMPD`` says what `@` and `^` stand for.
@Suite("References in MPDs that stay as they are")
struct DASHOtherTextsTests {
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
        #expect(try SampleMPD.read(SampleMPD.text(content)) == (SampleMPD.text(content), .relative))
    }

    @Test(
        "are left, and counted, where none are known to be",
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
        for prefix in [SampleMPD.folder, "/manifest/live/", "https://gate.example\(SampleMPD.folder)"] {
            let text = SampleMPD.text(content, at: prefix)
            #expect(try SampleMPD.read(text) == (text, .notRelative))
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
        #expect(try SampleMPD.read(SampleMPD.text(content)) == (SampleMPD.text(content), .notRelative))
        let harmless = "<BaseURL>a&amp;b/</BaseURL><Location>c&#100;e.mpd?f&amp;g</Location>"
        #expect(try SampleMPD.read(SampleMPD.text(harmless)) == (SampleMPD.text(harmless), .relative))
    }

    @Test(
        "are left, and counted, if comments, instructions, CDATA sections or elements are in them",
        arguments: [
            "<BaseURL><!-- a -->^</BaseURL>", "<BaseURL>/<!-- a -->manifest/</BaseURL>",
            "<Location> <?a b?>^\n</Location>", "<Location><![CDATA[/]]>manifest/a.mpd</Location>",
            "<Location>&#47;manifest<![CDATA[/a.mpd]]></Location>", "<BaseURL>/other<!-- a -->/</BaseURL>",
            "<ContentSteering><!-- a -->^</ContentSteering>", "<New><![CDATA[^]]></New>",
            "<New>\n <!-- a --> /mani<!-- b -->fest/x</New>", "<New>^<Newer/></New>", "<New>a<Newer/>^</New>",
            "<Period><![CDATA[^]]></Period>", "<BaseURL>^<New/></BaseURL>", "<BaseURL><New/>^</BaseURL>",
        ])
    func torn(_ content: String) throws {
        #expect(try SampleMPD.read(SampleMPD.text(content)) == (SampleMPD.text(content), .notRelative))
    }

    @Test(
        "are not counted if they lead elsewhere, whatever is in them",
        arguments: [
            "<BaseURL><!-- a -->https://cdn.example/</BaseURL>", "<BaseURL><!-- none --></BaseURL>",
            "<BaseURL>x<!-- a -->^</BaseURL>", "<Location><![CDATA[a.mpd]]></Location>", "<Location><?a b?></Location>",
            "<Location><![CDATA[&#47;manifest/a.mpd]]></Location>", "<New>a<!-- b -->^</New>",
            "<New><!-- a -->/other/</New>", "<New><![CDATA[&#47;manifest/a]]></New>",
        ])
    func tornElsewhere(_ content: String) throws {
        #expect(try SampleMPD.read(SampleMPD.text(content)) == (SampleMPD.text(content), .relative))
    }
}
