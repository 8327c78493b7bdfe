import StreamSigning
import Testing

@Suite("Access rules")
struct RuleOrderTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let rules: [AccessRule]
        var address: String?
        var country: CountryCode?
        let code: Denial.Code?

        var testDescription: String {
            "\(rules.map(\.description)), \(address ?? "no address"), \(country?.description ?? "no country")"
        }
    }

    private static func network(_ text: String) -> [IPNetwork] {
        (try? IPNetwork(text)).map { [$0] } ?? []
    }

    private static let office = AccessRule.Viewers.addresses(network("192.0.2.0/24"))
    private static let six = AccessRule.Viewers.addresses(network("2001:db8::/32"))

    private static let rows: [Row] = [
        Row(rules: [], code: nil),
        Row(rules: [.block(.any)], code: .blockedByRule),
        Row(rules: [.allow(.any)], code: nil),
        // No match allows.
        Row(rules: [.block(.countries(.ru))], country: .gb, code: nil),
        Row(rules: [.allow(.countries(.gb))], country: .ru, code: nil),
        // The first match decides, whatever follows.
        Row(rules: [.allow(.any), .block(.any)], code: nil),
        Row(rules: [.block(.any), .allow(.any)], code: .blockedByRule),
        Row(rules: [.allow(.countries(.gb)), .block(.any)], country: .gb, code: nil),
        Row(rules: [.allow(.countries(.gb)), .block(.any)], country: .ie, code: .blockedByRule),
        Row(rules: [.allow(.countries(.gb, .ie)), .block(.any)], country: .ie, code: nil),
        Row(rules: [.block(.countries(.gb)), .allow(.countries(.gb))], country: .gb, code: .blockedByRule),
        Row(rules: [.allow(office), .block(.any)], address: "192.0.2.200", code: nil),
        Row(rules: [.allow(office), .block(.any)], address: "::ffff:192.0.2.200", code: nil),
        Row(rules: [.allow(office), .block(.any)], address: "192.0.3.1", code: .blockedByRule),
        Row(rules: [.block(office)], address: "2001:db8::1", code: nil),
        Row(rules: [.block(six)], address: "192.0.2.1", code: nil),
        Row(rules: [.block(six)], address: "2001:db8::1", code: .blockedByRule),
        // What is not known of the viewer matters where a rule that asks for it is reached, and nowhere else.
        Row(rules: [.allow(.countries(.gb))], code: .countryUnknown),
        Row(rules: [.block(.countries(.gb))], code: .countryUnknown),
        Row(rules: [.allow(office)], country: .gb, code: .addressUnknown),
        Row(rules: [.block(office)], code: .addressUnknown),
        Row(rules: [.allow(.any), .block(.countries(.gb)), .block(office)], code: nil),
        Row(rules: [.block(.any), .block(.countries(.gb))], code: .blockedByRule),
        Row(rules: [.allow(office), .allow(.countries(.gb)), .block(.any)], address: "192.0.2.1", code: nil),
        Row(
            rules: [.allow(office), .allow(.countries(.gb)), .block(.any)], address: "203.0.113.1",
            code: .countryUnknown),
        Row(rules: [.allow(.countries(.gb)), .allow(office)], address: "192.0.2.1", code: .countryUnknown),
    ]

    @Test("are read in order, the first match decides, and none allows", arguments: rows)
    func order(_ row: Row) throws {
        let video = try VideoID(ForgedToken.video)
        let claims = try PlaybackClaims(video: video, expires: ForgedToken.expiry, rules: row.rules)
        let token = try TokenSigner(key: TestKeys.first()).sign(claims)
        let request = PlaybackRequest(
            video: video, address: row.address.flatMap { IPAddress($0) }, country: row.country)
        let verdicts = try Verdicts(keys: KeySet([TestKeys.first().verificationKey]), request: request)
        #expect(verdicts.code(of: token.rawValue) == row.code)
    }
}
