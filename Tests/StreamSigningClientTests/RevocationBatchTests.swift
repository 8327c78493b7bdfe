import StreamSigning
import StreamSigningWire
import Testing

/// What the service makes of a body, and where it says that something is wrong.
@Suite("Batches of revocations")
struct RevocationBatchTests {
    private let now: NumericDate = 1_800_000_000

    /// The revocations that a body asks for, or what is wrong with it.
    private func make(_ body: String) throws -> Result<[Revocation], WireProblem> {
        let ids = try (0..<1_001).map { _ in try RevocationID.random() }
        let text = [UInt8](body.utf8)
        return try text.withUnsafeBufferPointer { bytes in
            let document = try StrictJSON(parsing: bytes)
            return Result { () throws(WireProblem) in
                try RevocationBatch(reading: document.root).revocations(ids: ids, at: now)
            }
        }
    }

    private func pointer(_ body: String) throws -> String? {
        guard case .failure(let problem) = try make(body) else {
            Issue.record("accepted: \(body.prefix(200))")
            return nil
        }
        return problem.pointer
    }

    @Test("take each subject, null for absent, and unknown members")
    func subjects() throws {
        for kind in RevocationSubject.Kind.allCases {
            let others = RevocationSubject.Kind.allCases.filter { $0 != kind }.map { #""\#($0)":null"# }
            let body =
                #"{"\#(kind)":"a","until":null,"issuedBefore":null,"reason":null,"new":1,\#(others.joined(separator: ","))}"#
            let revocation = try #require(try make(body).get().first)
            #expect(revocation.subject == (try RevocationSubject(kind, "a")) && revocation.created == now)
        }
    }

    @Test(
        "name unknown members in the answer, where they are, and no more than ten",
        arguments: [
            (#"{"token":"a","untill":1}"#, ["/untill"]), (#"{"token":"a","Until":1,"why":"b"}"#, ["/Until", "/why"]),
            (#"{"token":"a","a/b~c":1}"#, ["/a~1b~0c"]), (#"{"token":"a","until":null,"new":null}"#, []),
            (#"[{"token":"a"},{"token":"b","reasons":"x"}]"#, ["/1/reasons"]), (#"{"token":"a","reason":"x"}"#, []),
        ])
    func unknown(_ body: String, _ places: [String]) throws {
        let messages = try ignored(body)
        #expect(messages.map(\.pointer) == places && messages.allSatisfy { $0.code == 20014 })
        for message in messages {
            #expect(
                message.message.contains("`until`") && message.message.contains("`viewer`"), "it names what there is")
        }
    }

    @Test("repeat neither long names nor all of many")
    func manyUnknown() throws {
        let names = (0..<40).map { #""\#(String(repeating: "x", count: 10_000))\#($0)":1"# }
        let messages = try ignored(#"{"token":"a",\#(names.joined(separator: ","))}"#)
        #expect(messages.count == IgnoredMembers.limit)
        #expect(messages.allSatisfy { $0.message.utf8.count < 400 && $0.pointer == "" })
    }

    @Test(
        "point at the object if a name cannot be repeated as it is",
        arguments: [String(repeating: "x", count: 65), "a\u{202E}b", "a\\nb"])
    func unrepeatable(_ name: String) throws {
        #expect(try ignored(#"{"token":"a","\#(name)":1}"#).map(\.pointer) == [""])
        #expect(try ignored(#"[{"token":"a"},{"token":"a","\#(name)":1}]"#).map(\.pointer) == ["/1"])
    }

    private func ignored(_ body: String) throws -> [APIMessage] {
        try [UInt8](body.utf8).withUnsafeBufferPointer { bytes in
            try RevocationBatch(reading: try StrictJSON(parsing: bytes).root).messages
        }
    }

    @Test(
        "take times as whole seconds, as their text, and as RFC 3339",
        arguments: ["1800000060", #""1800000060""#, #""2027-01-15T08:01:00Z""#, #""2027-01-15T09:00:59.5+01:00""#])
    func times(_ until: String) throws {
        #expect(try make(#"{"token":"a","until":\#(until)}"#).get().first?.until == 1_800_000_060)
    }

    @Test("answer an object with an object and an array with an array, in order")
    func forms() throws {
        #expect(try make(#"[{"token":"a"}]"#).get().count == 1)
        #expect(try make(#"[{"token":"b"},{"viewer":"a"},{"token":"a"}]"#).get().map(\.subject.id) == ["b", "a", "a"])
        let most = Array(repeating: #"{"token":"a"}"#, count: 1_000)
        let revocations = try make("[\(most.joined(separator: ","))]").get()
        #expect(Set(revocations.map(\.id)).count == 1_000)
    }

    @Test("are written as they are read")
    func writing() throws {
        let request = RevocationRequest(
            try RevocationSubject(.viewer, "é\"\\"), issuedBefore: now, until: now + .seconds(60), reason: "why")
        for batch in [RevocationBatch([request]), RevocationBatch([request, request])] {
            var writer = JSONWriter()
            batch.write(into: &writer)
            let revocations = try make(String(decoding: writer.bytes, as: UTF8.self)).get()
            #expect(revocations.count == batch.requests.count)
            #expect(revocations.allSatisfy { $0.subject == request.subject && $0.reason == "why" })
            #expect(revocations.allSatisfy { $0.issuedBefore == now && $0.until == now + .seconds(60) })
        }
    }

    @Test(
        "name the member at fault, or the object without a subject",
        arguments: [
            ("{}", ""), (#"{"reason":"a"}"#, ""), (#"{"token":null}"#, ""), (#"{"token":"a","viewer":"a"}"#, ""),
            (#"{"Token":"a"}"#, ""), (#"{"token":""}"#, "/token"), (#"{"token":7}"#, "/token"),
            (#"{"token":["a"]}"#, "/token"), (#"{"session":"a\u0000"}"#, "/session"),
            (#"{"viewer":"a\u001b"}"#, "/viewer"), (#"{"viewer":"\u0085"}"#, "/viewer"),
            (#"{"video":"\#(String(repeating: "v", count: 65))"}"#, "/video"),
            (#"{"video":"not/a/video"}"#, "/video"),
            (#"{"viewer":"\#(String(repeating: "v", count: 256))"}"#, "/viewer"),
            (#"{"token":"a","until":1800000000}"#, "/until"), (#"{"token":"a","until":1799999999}"#, "/until"),
            (#"{"token":"a","until":1800000060000}"#, "/until"), (#"{"token":"a","until":1800000060.5}"#, "/until"),
            (#"{"token":"a","until":"1800000060000"}"#, "/until"), (#"{"token":"a","until":"soon"}"#, "/until"),
            (#"{"token":"a","until":1831622401}"#, "/until"), (#"{"token":"a","until":true}"#, "/until"),
            (#"{"viewer":"a","issuedBefore":1800000001}"#, "/issuedBefore"),
            (#"{"viewer":"a","issuedBefore":1800000000000}"#, "/issuedBefore"),
            (#"{"token":"a","issuedBefore":1}"#, "/issuedBefore"),
            (#"{"session":"a","issuedBefore":1}"#, "/issuedBefore"),
            (#"{"token":"a","reason":"\#(String(repeating: "r", count: 201))"}"#, "/reason"),
            (#"{"token":"a","reason":"a\nb"}"#, "/reason"), (#"{"token":"a","reason":1}"#, "/reason"),
        ])
    func faults(_ body: String, _ place: String) throws {
        #expect(try pointer(body) == place)
        let good = #"{"token":"a"}"#
        #expect(try pointer("[\(good),\(body),\(good)]") == "/1\(place)")
    }

    @Test("that are empty, too long or of another type are refused as a whole")
    func wholes() throws {
        #expect(try pointer("[]") == "")
        #expect(try pointer("[\(Array(repeating: #"{"token":"a"}"#, count: 1_001).joined(separator: ","))]") == "")
        #expect(try pointer(#"[{"token":"a"},[]]"#) == "/1")
        #expect(try pointer(#"[{"token":"a"},null]"#) == "/1")
        #expect(try pointer("null") == nil && pointer(#""a""#) == nil && pointer("7") == nil)
    }

    @Test("have limits that are themselves accepted")
    func limits() throws {
        let text = { String(repeating: "v", count: $0) }
        let body = #"{"viewer":"\#(text(255))","issuedBefore":1800000000,"until":1831622400,"reason":"\#(text(200))"}"#
        let revocation = try #require(try make(body).get().first)
        #expect(revocation.until - revocation.created == .seconds(366 * 86_400))
    }
}
