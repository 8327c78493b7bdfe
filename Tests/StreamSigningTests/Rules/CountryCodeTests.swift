import Foundation
import Testing

@testable import StreamSigning

@Suite("Country codes")
struct CountryCodeTests {
    @Test("are equal without regard to ASCII case", arguments: ["GB", "gb", "Gb", "gB"])
    func equality(_ text: String) throws {
        #expect(try CountryCode(text) == .gb)
        #expect(try CountryCode(text).description == "GB")
    }

    @Test(
        "that no country has are refused, with the one that is probably meant",
        arguments: [
            ("UK", "GB"), ("uk", "GB"), ("EN", "GB"), ("EL", "GR"), ("SU", "RU"), ("JA", "JP"), ("YU", "RS"),
            ("EU", "one by one"), ("AP", "one by one"), ("XX", "unknown"), ("ZZ", "unknown"), ("AA", "ISO 3166-1"),
            ("QQ", "ISO 3166-1"),
        ])
    func unassigned(_ text: String, hint: String) throws {
        let error = #expect(throws: InvalidClaim.self) { try CountryCode(text) }
        #expect(error?.reason.contains(hint) == true, "\(error?.reason ?? "")")
        #expect(error?.reason.contains(text.uppercased()) == true)
    }

    @Test("of Kosovo are accepted, which ISO has not assigned and every database uses")
    func kosovo() throws {
        #expect(try CountryCode("xk").description == "XK")
    }

    @Test("are assigned if and only if there is a constant of that name")
    func assigned() throws {
        let source = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
            .appending(path: "Sources/StreamSigning/Rules/CountryCode+ISO3166.swift")
        let text = try String(contentsOf: source, encoding: .utf8)
        let named = text.matches(of: /CountryCode\("(.)", "(.)"\)/).map { "\($0.1)\($0.2)" }
        #expect(named.count == 249)
        #expect(Set(CountryCode.assigned.map(\.description)) == Set(named))
        for code in named { #expect(throws: Never.self) { try CountryCode(code) } }
    }

    @Test("that no country has are read in tokens of other signers, and not signed again")
    func others() throws {
        let rules = #"[{"type":"ip.geoip.country","action":"block","country":["UK"]}]"#
        var verdicts = try Verdicts.standard()
        verdicts.request = PlaybackRequest(video: try VideoID(ForgedToken.video), country: .gb)
        let key = try TestKeys.first()
        let token = try ForgedToken(key: key, payload: ",\"exp\":1760003600,\"accessRules\":\(rules)").signed(by: key)
        #expect(verdicts.code(of: token) == nil)
        let claims = try TokenVerifier(keys: KeySet([key.verificationKey]))
            .verify(token, for: verdicts.request, at: ForgedToken.now).claims
        let error = #expect(throws: InvalidClaim.self) {
            try PlaybackClaims(video: claims.video, expires: ForgedToken.expiry, rules: claims.rules)
        }
        #expect(error?.reason.contains("rule 1: no country has the code UK") == true)
    }

    @Test(
        "are refused if not two ASCII letters",
        arguments: [
            "", "G", "GBR", "G1", "1G", "G ", " G", "G-", "@A", "[A", "`a", "{a", "É", "ÄÖ", "ﬀ", "İI", "G\u{0}",
            "\u{0}\u{0}", "GB\n",
        ])
    func refused(_ text: String) {
        #expect(throws: InvalidClaim.self) { try CountryCode(text) }
    }
}
