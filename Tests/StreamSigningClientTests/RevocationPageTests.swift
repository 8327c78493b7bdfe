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
            try RevocationRequest(RevocationSubject(kind, "é \"\\ 😀"), reason: kind == .token ? nil : "a \"b\"")
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
}
