import Testing

@testable import StreamSigning

/// What a token says may stand in a log line; it must not make a second one, nor fill the log.
@Suite("The text of a denial")
struct DenialTextTests {
    private static let hostile = [
        #"x\ny"#, #"x\u0000y"#, #"x\u001b[31my"#, #"x\ry"#, #"x\u0085y"#, #"x\u2028y"#, #"x\u2029y"#, #"x\u202ey"#,
        #"x\u200fy"#,
        #"x\ufeffy"#, #"x\u007fy"#, #"x\u009by"#,
    ]

    private func expectOneSafeLine(_ text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(text.utf8.count < 400, "\(text.utf8.count) bytes", sourceLocation: sourceLocation)
        for scalar in text.unicodeScalars {
            let category = scalar.properties.generalCategory
            let isUnsafe = [.control, .format, .lineSeparator, .paragraphSeparator].contains(category)
            #expect(!isUnsafe, "U+\(String(scalar.value, radix: 16))", sourceLocation: sourceLocation)
        }
    }

    private func check(header: String, payload: String) throws {
        let key = try TestKeys.first()
        let token = try ForgedToken(header: header, payload: payload).signed(by: key)
        let explanation = try Verdicts.standard().verifier.explain(
            token, for: PlaybackRequest(video: VideoID("v")), at: ForgedToken.now)
        #expect(explanation.verdict != nil)
        for step in explanation.steps {
            expectOneSafeLine(step.value)
        }
    }

    @Test("is one line, whatever `sub` says", arguments: hostile)
    func subject(text: String) throws {
        let key = try TestKeys.first()
        try check(
            header: #"{"alg":"RS256","kid":"\#(key.id)"}"#, payload: #"{"sub":"\#(text)","exp":1760003600}"#)
    }

    @Test("is one line, whatever `alg` and `kid` say", arguments: hostile)
    func header(text: String) throws {
        try check(header: #"{"alg":"\#(text)","kid":"\#(text)"}"#, payload: "{}")
    }

    @Test("is short, however long and however composed the values are")
    func length() throws {
        let key = try TestKeys.first()
        for filler in ["a", "\u{301}", "😀", "\u{200D}"] {
            let text = "x" + String(repeating: filler, count: 1_200 / filler.utf8.count)
            try check(header: #"{"alg":"\#(text)","kid":"\#(text.prefix(1))"}"#, payload: "{}")
            try check(
                header: #"{"alg":"RS256","kid":"\#(key.id)"}"#, payload: #"{"sub":"\#(text)","exp":1760003600}"#)
        }
        let id = "x" + String(repeating: "\u{301}", count: 120)
        try check(header: #"{"alg":"RS256","kid":"\#(id)"}"#, payload: "{}")
    }

    @Test("is short, however long the rule that decided is", arguments: ["allow", "block"])
    func rule(action: String) throws {
        let key = try TestKeys.first()
        let addresses = (0..<300).map { "\"192.0.2.\($0 % 256)\"" }.joined(separator: ",")
        let rules = #","exp":1760003600,"accessRules":[{"type":"ip.src","action":"\#(action)","ip":[\#(addresses)]}]"#
        var verdicts = try Verdicts.standard()
        let address = IPAddress("192.0.2.1")
        verdicts.request = PlaybackRequest(video: try VideoID(ForgedToken.video), address: address)
        let token = try ForgedToken(key: key, payload: rules).signed(by: key)
        #expect(verdicts.code(of: token) == (action == "allow" ? nil : .blockedByRule))
        for step in verdicts.verifier.explain(token, for: verdicts.request, at: verdicts.now).steps {
            expectOneSafeLine(step.value)
        }
    }

    @Test("never holds the token")
    func token() throws {
        let key = try TestKeys.first()
        let token = try ForgedToken(key: key, payload: #","exp":1"#).signed(by: key)
        let verdicts = try Verdicts.standard()
        for presented in [token, token + "A", " " + token, token + "." + token, String(token.dropLast())] {
            let denial = try #require(verdicts.denial(of: presented))
            #expect(!denial.description.contains(token.prefix(60)) && !denial.description.contains(token.suffix(60)))
        }
    }
}
