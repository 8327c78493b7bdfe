import StreamSigning
import StreamSigningWire
import Testing

@Suite("Pages of revocations")
struct RevocationPageTests {
    private func read(_ bytes: [UInt8]) throws -> RevocationPage? {
        try bytes.withUnsafeBytes { bytes in
            let answer = try Envelope.readWhole(bytes) { envelope throws(WireProblem) in
                try RevocationPage(reading: envelope)
            }
            if case .result(let page) = answer { return page }
            return nil
        }
    }

    private func revocations() throws -> [Revocation] {
        try RevocationSubject.Kind.allCases.map { kind in
            let subject = try RevocationSubject(kind, kind == .video ? "v" : "é \"\\ 😀")
            return try RevocationRequest(subject, reason: kind == .token ? nil : "a \"b\"")
                .revocation(id: .random(), at: ClientFixture.now)
        }
    }

    @Test("are read as they are written, every kind with all that it has")
    func roundTrip() throws {
        let page = RevocationPage(try revocations(), after: try .random())
        #expect(try read(page.envelope()) == page)
    }

    @Test("have a cursor unless they are the last, and always a count")
    func cursor() throws {
        let last = RevocationPage([], after: nil)
        #expect(
            String(decoding: last.envelope(), as: UTF8.self) == """
                {"result":[],"success":true,"errors":[],"messages":[],"result_info":{"count":0,"cursors":{}}}
                """)
        #expect(try read(last.envelope()) == last)
    }

    @Test("say that they are partial if others were left out, on this page, before it or after it")
    func partial() throws {
        let revocations = try revocations()
        for page in [
            RevocationPage(revocations, after: nil, isPartial: true), RevocationPage([], after: nil, isPartial: true),
            RevocationPage(revocations, after: try .random()),
        ] {
            #expect(page.isPartial && String(decoding: page.envelope(), as: UTF8.self).contains(#","partial":true}}"#))
            #expect(try read(page.envelope()) == page)
            #expect(throws: WireProblem.self) { try Revocation.readSaved(page.envelope()) }
        }
        #expect(!RevocationPage(revocations, after: nil).isPartial)
    }

    private static let mark: String = {
        var writer = JSONWriter()
        Revocation.writePartialMark(into: &writer)
        return String(decoding: writer.bytes, as: UTF8.self)
    }()

    @Test(
        "that are saved as an array are refused if it says that others were left out, in whatever words",
        arguments: [mark] + ["true", #""true""#, "1", "0", "[]", #"{"a":1}"#].map { #"{"partial":\#($0)}"# })
    func partialArray(_ mark: String) throws {
        for revocations in [[], try revocations()] {
            var writer = JSONWriter()
            writer.array { list in
                for revocation in revocations { revocation.write(into: &list) }
                list.raw(mark)
            }
            let problem = #expect(throws: WireProblem.self) { try Revocation.readSaved(writer.bytes) }
            #expect(problem?.pointer == "/\(revocations.count)/partial")
        }
    }

    @Test("that are saved as an array are all of them if each says that", arguments: ["false", "null"])
    func wholeArray(_ value: String) throws {
        let text = #"[{"partial":\#(value),\#(SampleRevocation().json.dropFirst())]"#
        #expect(try Revocation.readSaved(Array(text.utf8)).count == 1)
    }

    @Test("may have a video that there cannot be, from when it was accepted")
    func recorded() throws {
        let subject = try RevocationSubject(recorded: .video, "not/a/video")
        let revocation = try Revocation(
            id: .random(), subject: subject, issuedBefore: 1_800_000_000, until: 1_800_000_060, created: 1_800_000_000)
        let page = RevocationPage([revocation], after: nil)
        #expect(try read(page.envelope()) == page)
    }

    @Test("are saved as an array or as an answer, and read back from either")
    func saved() throws {
        let revocations = try revocations()
        var writer = JSONWriter()
        Revocation.writeAll(revocations, into: &writer)
        #expect(try Revocation.readSaved(writer.bytes) == revocations)
        #expect(try Revocation.readSaved(RevocationPage(revocations, after: nil).envelope()) == revocations)
        for text in ["", "null", "{}", #"{"result":null}"#, "[null]", "[{}]", "[] []", #""a""#, "7"] {
            #expect(throws: WireProblem.self) { try Revocation.readSaved(Array(text.utf8)) }
        }
    }

    @Test(
        "that are saved are all of them: an answer that refuses, or is one page of several, is not",
        arguments: [
            (#"{"result":[],"success":true,"result_info":{"count":0,"cursors":{}}}"#, nil),
            (#"{"result":[],"success":true,"result_info":{"count":0,"cursors":{"after":null}}}"#, nil),
            (#"{"result":[],"success":true,"result_info":{"count":0}}"#, nil),
            (#"{"result":[],"success":false,"errors":[{"code":9109,"message":"no"}],"messages":[]}"#, "/success"),
            (#"{"result":[],"success":false,"result_info":{"count":0,"cursors":{}}}"#, "/success"),
            (#"{"result":[],"success":"true","result_info":{"count":0,"cursors":{}}}"#, "/success"),
            (#"{"result":[],"result_info":{"count":0,"cursors":{}}}"#, ""), (#"{"result":[]}"#, ""),
            (
                #"{"result":[],"success":true,"result_info":{"count":0,"cursors":{"after":"\#(SampleRevocation().id)"}}}"#,
                "/result_info/cursors/after"
            ),
            (
                #"{"result":[],"success":true,"result_info":{"count":0,"cursors":{"after":7}}}"#,
                "/result_info/cursors/after"
            ),
            (#"{"result":[],"success":true,"result_info":{"count":1,"cursors":{}}}"#, "/result_info/count"),
            (
                #"{"result":[],"success":true,"result_info":{"count":0,"cursors":{},"partial":true}}"#,
                "/result_info/partial"
            ),
            (
                #"{"result":[],"success":true,"result_info":{"count":0,"cursors":{},"partial":"yes"}}"#,
                "/result_info/partial"
            ),
            (
                #"{"result":[],"success":true,"result_info":{"count":0,"cursors":{},"partial":0}}"#,
                "/result_info/partial"
            ),
            (#"{"result":[],"success":true,"result_info":{"count":0,"cursors":{},"partial":false}}"#, nil),
            (#"{"result":[],"success":true,"result_info":{"count":0,"cursors":{},"partial":null}}"#, nil),
            (#"{"result":[],"success":true,"errors":[],"messages":[]}"#, "/result_info/count"),
            (#"{"result":null,"success":true,"result_info":{"count":0,"cursors":{}}}"#, "/result"),
        ] as [(String, String?)])
    func whole(_ text: String, _ place: String?) throws {
        let read = { try Revocation.readSaved(Array(text.utf8)) }
        guard let place else {
            #expect(try read().isEmpty)
            return
        }
        let problem = #expect(throws: WireProblem.self, performing: read)
        #expect((problem?.pointer ?? "") == place)
    }
}
