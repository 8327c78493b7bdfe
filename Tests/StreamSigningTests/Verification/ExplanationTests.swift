import Foundation
import StreamSigning
import Testing

@Suite("Explanations")
struct ExplanationTests {
    private let key: SigningKey
    private let verdicts: Verdicts

    init() throws {
        key = try TestKeys.first()
        verdicts = try Verdicts.standard()
    }

    private func explain(_ token: String) -> Explanation {
        verdicts.verifier.explain(token, for: verdicts.request, at: verdicts.now)
    }

    @Test("of a good token have fifteen checks, all passed")
    func good() throws {
        let explanation = explain(try ForgedToken(key: key).signed(by: key))
        #expect(explanation.steps.count == 15)
        #expect(explanation.steps.allSatisfy { $0.outcome == .passed && $0.mark == "✓" && !$0.value.isEmpty })
        #expect(explanation.verdict == nil)
        #expect(explanation.description.hasSuffix("\naccepted"))
        #expect(explanation.description.split(separator: "\n").count == 16)
    }

    @Test("go on past a failure as far as there is something to look at")
    func severalFailures() throws {
        let rules = #","exp":1,"accessRules":[{"type":"any","action":"block"}]"#
        let explanation = explain(try ForgedToken(key: key, payload: rules).signed(by: TestKeys.second()))
        let refused = explanation.steps.compactMap { step in
            if case .refused(let denial) = step.outcome { denial.code } else { nil }
        }
        #expect(refused == [.signatureInvalid, .expired, .blockedByRule])
        #expect(explanation.verdict?.code == .signatureInvalid)
        #expect(explanation.description.contains("refused: signature_invalid"))
    }

    @Test("of a text that is no token leave the rest unchecked")
    func noToken() {
        let explanation = explain("hello")
        #expect(explanation.steps.first?.mark == "✗")
        #expect(explanation.steps.dropFirst().allSatisfy { $0.outcome == .notChecked && $0.mark == "–" })
    }

    @Test("of an unknown key check no signature, and all the rest")
    func unknownKey() throws {
        let stranger = try TestKeys.second()
        let explanation = explain(try ForgedToken(key: stranger).signed(by: stranger))
        let outcomes = Dictionary(uniqueKeysWithValues: explanation.steps.map { ($0.check, $0.mark) })
        #expect(
            outcomes[.key] == "✗" && outcomes[.signature] == "–" && outcomes[.claims] == "✓" && outcomes[.video] == "✓")
    }

    @Test("name the rule that matched")
    func rule() throws {
        let rules =
            #","exp":1760003600,"accessRules":[{"type":"any","action":"allow"},{"type":"any","action":"block"}]"#
        let explanation = explain(try ForgedToken(key: key, payload: rules).signed(by: key))
        #expect(explanation.steps.first { $0.check == .rules }?.value == "rule 1 of 2 `allow any` matched")
    }

    @Test("name the revocation that refuses, and why it was made")
    func revocation() throws {
        let revocation = try Revoked.viewer("guest", reason: "ticket\u{202E} 812").make()
        let token = try ForgedToken(key: key, payload: #","viewer":"guest","exp":1"#).signed(by: key)
        let verdicts = try Verdicts.standard(revocations: RevocationSet([revocation]))
        let explanation = verdicts.verifier.explain(token, for: verdicts.request, at: verdicts.now)
        let step = try #require(explanation.steps.first { $0.check == .revocation })
        #expect(
            step.value == """
                viewer guest, revocation \(revocation.id), signed before 2025-10-09T08:53:20Z, \
                until 2025-10-16T08:53:20Z: ticket\u{FFFD} 812
                """)
        #expect(explanation.verdict?.code == .viewerRevoked && explanation.verdict?.revocation == revocation)
        // The reason is for operators, and a denial may be shown to the viewer.
        #expect(explanation.verdict?.description.contains("812") == false)
        #expect(explanation.verdict?.message.contains(revocation.id.rawValue) == true)
        let row = try JSONRow(parsing: Data(explanation.json().utf8))
        let steps = try row.rows("checks")
        #expect(steps.compactMap { $0.members["revocation"] as? String } == [revocation.id.rawValue])
        #expect(explanation.steps.first { $0.check == .expiry }?.mark == "✗")
    }

    @Test("say of a good token that nothing revokes it", arguments: [0, 1])
    func notRevoked(count: Int) throws {
        let revocations = try RevocationSet((0..<count).map { _ in try Revoked.viewer("guest").make() })
        let verdicts = try Verdicts.standard(revocations: revocations)
        let token = try ForgedToken(key: key).signed(by: key)
        let explanation = verdicts.verifier.explain(token, for: verdicts.request, at: verdicts.now)
        #expect(
            explanation.steps.first { $0.check == .revocation }?.value
                == (count == 0 ? "none known" : "none of 1 names this token"))
    }

    @Test("are written as JSON with the same content", arguments: ["", "hello", "a.b.c"])
    func json(token: String) throws {
        let explanation = explain(token)
        let row = try JSONRow(parsing: Data(explanation.json().utf8))
        #expect(try row.required("accepted") == false)
        #expect(try row.required("code") == explanation.verdict?.code.rawValue)
        #expect(try row.required("message") == explanation.verdict?.message)
        #expect(
            try row.rows("checks").map { try $0.required("check", as: String.self) } == Check.allCases.map(\.rawValue))
        #expect(
            try row.rows("checks").map { try $0.required("title", as: String.self) } == Check.allCases.map(\.title))
        let good = try JSONRow(parsing: Data(explain(ForgedToken(key: key).signed(by: key)).json().utf8))
        #expect(try good.required("accepted") == true && good.members["code"] == nil)
        #expect(try good.required("time") == "2025-10-09T08:53:20Z")
    }
}
