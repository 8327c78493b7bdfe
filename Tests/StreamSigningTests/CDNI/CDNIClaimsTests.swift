import StreamSigning
import Testing

@Suite("Tokens of RFC 9246")
struct CDNIClaimsTests {
    private let now: NumericDate = 1_760_000_000

    private func claims(
        issuer: String = "studio", container: String = "regex:^https://a\\.example/.*$", notBefore: NumericDate? = nil
    ) throws -> CDNIClaims {
        try CDNIClaims(
            issuer: issuer, container: CDNIURIContainer(container), expires: now + .milliseconds(3_600_500),
            notBefore: notBefore)
    }

    @Test("say what RFC 9246 asks for, and nothing that the stock verifier refuses")
    func payload() throws {
        let key = try TestKeys.first()
        let token = try TokenSigner(key: key).sign(claims(notBefore: now))
        let text = try UnverifiedToken(readingWithoutVerification: token.rawValue)
        #expect(text.unverifiedHeader == #"{"alg":"RS256","kid":"\#(key.id)"}"#)
        #expect(
            text.unverifiedPayload
                == #"{"iss":"studio","exp":1760003600,"nbf":1760000000,"cdniv":1,"cdniuc":"regex:^https://a\\.example/.*$"}"#
        )
    }

    @Test("are never accepted as tokens of Stream's, not even with a video's id in them")
    func apart() throws {
        let key = try TestKeys.first()
        let verdicts = try Verdicts.standard()
        #expect(verdicts.code(of: try TokenSigner(key: key).sign(claims()).rawValue) == .claimsMalformed)
        for member in [
            #""cdniuc":"regex:.*""#, #""cdniv":1"#, #""\u0063dnicrit":"x""#, #""cdniip":"192.0.2.1""#, #""cdni":1"#,
        ] {
            let token = try ForgedToken(key: key, payload: #","exp":1760003600,"# + member).signed(by: key)
            let denial = verdicts.denial(of: token)
            #expect(denial?.code == .claimsMalformed && denial?.message.contains("RFC 9246") == true, "\(member)")
        }
        let other = try ForgedToken(key: key, payload: #","exp":1760003600,"cdn":1,"CDNIv":1"#).signed(by: key)
        #expect(verdicts.code(of: other) == nil)
    }

    @Test("have a name, and end after they begin", arguments: ["", "a\n", String(repeating: "a", count: 256)])
    func invalid(issuer: String) throws {
        #expect(throws: InvalidClaim.self) { try claims(issuer: issuer) }
        #expect(throws: InvalidClaim.self) { try claims(notBefore: now + .seconds(3_600)) }
        _ = try claims(issuer: String(repeating: "a", count: 255), notBefore: now + .seconds(3_599))
    }

    @Test(
        "name URLs in one of two forms",
        arguments: [
            ("regex:.", true), ("hash:x", true), ("regex:", false), ("hash:", false), ("", false), ("REGEX:.", false),
            ("https://a.example/", false), ("regex:\u{7}", false),
            ("regex:" + String(repeating: "a", count: 2_042), true),
            ("regex:" + String(repeating: "a", count: 2_043), false),
        ])
    func container(text: String, isAccepted: Bool) {
        #expect(((try? CDNIURIContainer(text)) != nil) == isAccepted)
    }

    @Test(
        "or every URL below a prefix",
        arguments: [
            ("https://a.example/v/7/", "https://a.example/v/7/manifest/video.m3u8", true),
            ("https://a.example/v/7", "https://a.example/v/7/a.ts?x=/../y", true),
            ("https://a.example:8080", "https://a.example:8080/a", true),
            ("https://a.example/v/7/", "https://a.example/v/7/", false),
            ("https://a.example/v/7", "https://a.example/v/77/a.ts", false),
            ("https://a.example/v/7/", "https://aXexample/v/7/a.ts", false),
            ("https://a.example/v/7/", "https://evil.example/?https://a.example/v/7/a.ts", false),
            ("https://a.example/v/7/", "https://a.example/v/7/../8/a.ts", false),
            ("https://a.example/v/7/", "https://a.example/v/7/.hidden", false),
            ("https://a.example/v/7/", "https://a.example/v/7//a.ts", false),
            ("https://a.example/v(1)+", "https://a.example/v(1)+/a.ts", true),
            ("https://a.example/v(1)+", "https://a.example/v1/a.ts", false),
        ])
    func prefix(prefix: String, url: String, matches: Bool) throws {
        let container = try CDNIURIContainer(prefix: prefix)
        // The constructs that are used mean the same to a POSIX matcher.
        let expression = try Regex(String(container.text.dropFirst("regex:".count)))
        #expect((url.firstMatch(of: expression) != nil) == matches, "\(container.text)")
    }

    @Test(
        "which is a URL without query and fragment",
        arguments: [
            "", "a.example", "ftp://a.example/", "https://a.example/?a", "https://a.example/#a", "https://a b/",
        ])
    func noPrefix(text: String) {
        #expect(throws: InvalidClaim.self) { try CDNIURIContainer(prefix: text) }
    }

    @Test("are verified by Traffic Server with a file of public keys")
    func keyFile() throws {
        let keys = [try TestKeys.first().verificationKey.signingSessions(), try TestKeys.second().verificationKey]
        let file = try TrafficServerKeyFile(issuer: #"a "studio""#, keys: keys).json
        #expect(
            file.hasPrefix(#"{"a \"studio\"":{"renewal_kid":"\#(keys[0].id)","strip_token":true,"keys":[{"use":"sig","#)
        )
        #expect(!file.contains(#""d":"#) && !file.contains("streamSigning") && file.hasSuffix("}]}}"))
        #expect(throws: KeyError.self) { try TrafficServerKeyFile(issuer: "a", keys: []) }
    }
}
