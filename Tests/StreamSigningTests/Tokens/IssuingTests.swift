import Testing

@testable import StreamSigning

@Suite("Terms of a token that is signed now")
struct IssuingTests {
    private let now: NumericDate = 1_760_000_000

    @Test(
        "have that time if a claim needs it",
        arguments: [
            (TokenTerms(), false), (TokenTerms(rules: [.block(.any)]), false), (TokenTerms(id: "a"), true),
            (TokenTerms(viewer: "u"), true), (TokenTerms(playFor: .seconds(60)), true),
        ])
    func time(terms: TokenTerms, isStamped: Bool) throws {
        let issued = try terms.issued(at: now)
        #expect(issued.issuedAt == (isStamped ? now : nil))
        var rest = issued
        rest.issuedAt = nil
        #expect(rest == terms)
    }

    @Test("keep a time that is there")
    func given() throws {
        #expect(try TokenTerms(issuedAt: 7, viewer: "u").issued(at: now).issuedAt == 7)
    }

    @Test("have an id of their own if one is asked for, each another")
    func automaticID() throws {
        let terms = TokenTerms(id: TokenTerms.automaticID)
        let (first, second) = (try terms.issued(at: now), try terms.issued(at: now))
        #expect(first.id?.utf8.count == 22 && first.id != second.id && first.issuedAt == now)
        #expect(try TokenTerms(id: "Auto").issued(at: now).id == "Auto")
    }
}
