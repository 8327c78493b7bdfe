import StreamSigning
import Testing

@Suite("Access rules")
struct RuleOrderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let rules: [String]
        var address: String?
        var country: String?
        let code: Denial.Code?

        var testDescription: String { "\(rules), \(address ?? "no address"), \(country ?? "no country")" }
    }

    private static let rows: [Row] = [
        Row(rules: [], code: nil),
        Row(rules: ["block any"], code: .blockedByRule),
        Row(rules: ["allow any"], code: nil),
        // No match allows.
        Row(rules: ["block country RU"], country: "GB", code: nil),
        Row(rules: ["allow country GB"], country: "RU", code: nil),
        // The first match decides, whatever follows.
        Row(rules: ["allow any", "block any"], code: nil),
        Row(rules: ["block any", "allow any"], code: .blockedByRule),
        Row(rules: ["allow country GB", "block any"], country: "GB", code: nil),
        Row(rules: ["allow country GB", "block any"], country: "IE", code: .blockedByRule),
        Row(rules: ["allow country GB, IE", "block any"], country: "ie", code: nil),
        Row(rules: ["block country GB", "allow country GB"], country: "GB", code: .blockedByRule),
        Row(rules: ["allow ip 192.0.2.0/24", "block any"], address: "192.0.2.200", code: nil),
        Row(rules: ["allow ip 192.0.2.0/24", "block any"], address: "::ffff:192.0.2.200", code: nil),
        Row(rules: ["allow ip 192.0.2.0/24", "block any"], address: "192.0.3.1", code: .blockedByRule),
        Row(rules: ["allow ip ::1, 192.0.2.1", "block any"], address: "192.0.2.1", code: nil),
        // An IPv4 block holds no IPv6 address, and the reverse.
        Row(rules: ["block ip 0.0.0.0/0"], address: "2001:db8::1", code: nil),
        Row(rules: ["block ip ::/0"], address: "192.0.2.1", code: nil),
        Row(rules: ["block ip 2001:db8::/32"], address: "2001:db8::1", code: .blockedByRule),
        // What is not known of the viewer matters where a rule that asks for it is reached, and nowhere else.
        Row(rules: ["allow country GB"], code: .countryUnknown),
        Row(rules: ["block country GB"], code: .countryUnknown),
        Row(rules: ["allow ip 192.0.2.0/24"], country: "GB", code: .addressUnknown),
        Row(rules: ["block ip 192.0.2.0/24"], code: .addressUnknown),
        Row(rules: ["allow any", "block country GB", "block ip ::1"], code: nil),
        Row(rules: ["block any", "block country GB"], code: .blockedByRule),
        Row(rules: ["allow ip 192.0.2.0/24", "block country GB"], address: "192.0.2.1", code: nil),
        Row(rules: ["allow ip 192.0.2.0/24", "block country GB"], address: "203.0.113.1", code: .countryUnknown),
        Row(rules: ["allow country GB", "allow ip 192.0.2.0/24"], address: "192.0.2.1", code: .countryUnknown),
    ]

    @Test("are read in order, the first match decides, and none allows", arguments: rows)
    func order(_ row: Row) throws {
        let video = try VideoID(ForgedToken.video)
        let claims = try PlaybackClaims(video: video, expires: ForgedToken.expiry, rules: RuleText.rules(row.rules))
        let token = try TokenSigner(key: TestKeys.first()).sign(claims)
        let request = PlaybackRequest(
            video: video, address: row.address.flatMap { IPAddress($0) },
            country: try row.country.map { try CountryCode($0) })
        let verdicts = try Verdicts(keys: KeySet([TestKeys.first().verificationKey]), request: request)
        #expect(verdicts.code(of: token.rawValue) == row.code)
    }
}
