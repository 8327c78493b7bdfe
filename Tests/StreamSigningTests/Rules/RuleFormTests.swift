import StreamSigning
import Testing

@Suite("Access rules as tokens carry them")
struct RuleFormTests {
    @Test(
        "are understood in any order of their members, and country codes in any case",
        arguments: [
            #"[]"#, #"[{"type":"any","action":"allow"}]"#, #"[{"action":"allow","type":"any"}]"#,
            #"[{"country":["gb","IE"],"action":"allow","type":"ip.geoip.country"}]"#,
            #"[{"type":"ip.src","action":"block","ip":["192.0.2.0/24","2001:db8::/32","::1","0.0.0.0/0"]}]"#,
            #"[{"type":"\u0061ny","action":"allow"}]"#, "null",
            #"[{"type":"any","action":"allow","ip":[],"country":null,"note":null}]"#,
            #"[{"type":"ip.geoip.country","action":"allow","country":["GB"],"ip":[]}]"#,
            #"[{"type":"ip.src","action":"block","ip":["192.0.2.0/24"],"country":null}]"#,
        ])
    func understood(_ rules: String) throws {
        var verdicts = try Verdicts.standard()
        verdicts.request = PlaybackRequest(
            video: try VideoID(ForgedToken.video), address: IPAddress("2001:db9::1"), country: .gb)
        #expect(try verdicts.code(of: token(rules)) == nil)
    }

    @Test(
        "refuse the token with anything unknown or malformed",
        arguments: [
            "true", "1", #""any""#, "{}", #"{"type":"any","action":"allow"}"#, "[null]", "[1]", #"["any"]"#,
            "[[]]", "[{}]",
            #"[{"type":"any"}]"#, #"[{"action":"block"}]"#, #"[{"type":"any","action":"deny"}]"#,
            #"[{"type":"any","action":"Block"}]"#, #"[{"type":"any","action":"allow "}]"#,
            #"[{"type":"any","action":1}]"#,
            #"[{"type":"any","action":null}]"#, #"[{"type":"Any","action":"allow"}]"#,
            #"[{"type":"ip","action":"allow"}]"#,
            #"[{"type":"ip.geoip.continent","action":"allow","country":["GB"]}]"#,
            #"[{"type":["any"],"action":"allow"}]"#,
            #"[{"type":"any","action":"allow","country":["GB"]}]"#, #"[{"type":"any","action":"allow","note":"x"}]"#,
            #"[{"type":"ip.src","action":"allow"}]"#, #"[{"type":"ip.src","action":"allow","ip":[]}]"#,
            #"[{"type":"ip.src","action":"allow","ip":null}]"#, #"[{"type":null,"action":"allow"}]"#,
            #"[{"type":"any","action":"allow","country":[null]}]"#, #"[{"type":"any","action":"allow","ip":""}]"#,
            #"[{"type":"ip.src","action":"allow","ip":"192.0.2.1"}]"#,
            #"[{"type":"ip.src","action":"allow","ip":[1]}]"#,
            #"[{"type":"ip.src","action":"allow","ip":[null]}]"#,
            #"[{"type":"ip.src","action":"allow","ip":["192.0.2.256"]}]"#,
            #"[{"type":"ip.src","action":"allow","ip":["192.0.2.1","x"]}]"#,
            #"[{"type":"ip.src","action":"allow","ip":[""]}]"#,
            #"[{"type":"ip.src","action":"allow","ip":["192.0.2.0/33"]}]"#,
            #"[{"type":"ip.src","action":"allow","ip":["192.0.2.*"]}]"#,
            #"[{"type":"ip.src","action":"allow","country":["GB"]}]"#,
            #"[{"type":"ip.src","action":"allow","ip":["192.0.2.1"],"country":["GB"]}]"#,
            #"[{"type":"ip.geoip.country","action":"allow"}]"#,
            #"[{"type":"ip.geoip.country","action":"allow","country":[]}]"#,
            #"[{"type":"ip.geoip.country","action":"allow","country":"GB"}]"#,
            #"[{"type":"ip.geoip.country","action":"allow","country":["GBR"]}]"#,
            #"[{"type":"ip.geoip.country","action":"allow","country":["G1"]}]"#,
            #"[{"type":"ip.geoip.country","action":"allow","country":[["GB"]]}]"#,
            #"[{"type":"ip.geoip.country","action":"allow","country":{"GB":true}}]"#,
            #"[{"type":"any","action":"allow"},{"type":"any"}]"#, #"[{"type":"any","action":"allow"},null]"#,
        ])
    func malformed(_ rules: String) throws {
        #expect(try Verdicts.standard().code(of: token(rules)) == .rulesMalformed)
    }

    @Test(
        "are at most 100 when verifying",
        arguments: [(0, nil), (5, nil), (6, nil), (100, nil), (101, .rulesMalformed)] as [(Int, Denial.Code?)])
    func count(_ count: Int, code: Denial.Code?) throws {
        let rule = #"{"type":"any","action":"allow"}"#
        let rules = "[" + [String](repeating: rule, count: count).joined(separator: ",") + "]"
        #expect(try Verdicts.standard().code(of: token(rules)) == code)
    }

    @Test("are at most 5 when signing", arguments: [(0, true), (5, true), (6, false)])
    func signing(count: Int, isAccepted: Bool) throws {
        let video = try VideoID(ForgedToken.video)
        let claims = try? PlaybackClaims(
            video: video, expires: ForgedToken.expiry, rules: [AccessRule](repeating: .allow(.any), count: count))
        #expect((claims != nil) == isAccepted)
    }

    @Test("that name nobody are not signed", arguments: [AccessRule.Viewers.addresses([]), .countries([])])
    func empty(viewers: AccessRule.Viewers) throws {
        let video = try VideoID(ForgedToken.video)
        #expect(throws: InvalidClaim.self) {
            try PlaybackClaims(video: video, expires: ForgedToken.expiry, rules: [.allow(.any), .block(viewers)])
        }
    }

    @Test("that are malformed count only once they are due: an expired token is called expired")
    func precedence() throws {
        var verdicts = try Verdicts.standard()
        verdicts.now = ForgedToken.expiry
        #expect(try verdicts.code(of: token("7")) == .expired)
    }

    private func token(_ rules: String) throws -> String {
        let key = try TestKeys.first()
        return try ForgedToken(key: key, payload: #","exp":1760003600,"accessRules":\#(rules)"#).signed(by: key)
    }
}
