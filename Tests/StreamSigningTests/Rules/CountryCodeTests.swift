import StreamSigning
import Testing

@Suite("Country codes")
struct CountryCodeTests {
    @Test("are equal without regard to ASCII case", arguments: ["GB", "gb", "Gb", "gB"])
    func equality(_ text: String) throws {
        #expect(try CountryCode(text) == .gb)
        #expect(try CountryCode(text).description == "GB")
    }

    @Test("of two letters are all accepted, since new ones are assigned", arguments: ["XK", "ZZ", "AA", "EU"])
    func unassigned(_ text: String) throws {
        #expect(throws: Never.self) { try CountryCode(text) }
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
