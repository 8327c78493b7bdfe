import StreamSigning
import StreamSigningWire
import Testing

@Suite("The query of a list of revocations")
struct RevocationQueryTests {
    private func read(_ parameters: [(String, String)]) throws(WireProblem) -> RevocationQuery {
        try RevocationQuery(reading: { name in parameters.filter { $0.0 == name }.map(\.1) })
    }

    @Test("asks for a hundred of any subject by default, and does not look at what it does not know")
    func defaults() throws {
        #expect(try read([]) == RevocationQuery())
        #expect(try read([("page", "2")]).limit == 100)
    }

    @Test("takes a limit, a place and a subject")
    func all() throws {
        let id = try RevocationID.random()
        let query = try read([("limit", "1000"), ("after", id.rawValue), ("viewer", "a b")])
        #expect(query == RevocationQuery(subject: try RevocationSubject(.viewer, "a b"), limit: 1_000, after: id))
        #expect(query.text == "?limit=1000&after=\(id)&viewer=a%20b")
    }

    @Test(
        "is refused where it is not clear",
        arguments: [
            [("limit", "0")], [("limit", "1001")], [("limit", "")], [("limit", "ten")], [("limit", "-1")],
            [("limit", "1"), ("limit", "2")], [("after", "1")], [("after", "")], [("viewer", "")],
            [("viewer", "a\n")], [("viewer", "a"), ("token", "a")], [("viewer", "a"), ("viewer", "b")],
            [("video", "a/b")],
        ])
    func refused(_ parameters: [(String, String)]) {
        #expect(throws: WireProblem.self) { try read(parameters) }
    }
}
