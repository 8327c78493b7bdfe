import StreamSigning
import Testing

/// What we sign of `jti`, `iat`, `viewer` and `playFor`; on both sides of each bound.
@Suite("Claims of our own, when signing")
struct AdditionalClaimsTests {
    private static let now: NumericDate = 1_760_000_000

    private static func claims(
        id: String? = nil, issuedAt: NumericDate? = now, viewer: String? = nil, playFor: Duration? = nil
    ) throws(InvalidClaim) -> PlaybackClaims {
        try PlaybackClaims(
            video: VideoID(ForgedToken.video), expires: ForgedToken.expiry, id: id, issuedAt: issuedAt, viewer: viewer,
            playFor: playFor)
    }

    private static func isSigned(_ make: () throws(InvalidClaim) -> PlaybackClaims) -> Bool {
        (try? make()) != nil
    }

    @Test("come after Stream's, in one order, absent when not set")
    func order() throws {
        let key = try TestKeys.first()
        let claims = try PlaybackClaims(
            video: VideoID("v"), expires: ForgedToken.expiry, wantsOriginal: true, id: "a.B-9_",
            issuedAt: Self.now + .milliseconds(999), viewer: "ü\"\\", playFor: .seconds(10_800))
        let token = try TokenSigner(key: key).sign(claims)
        let read = try UnverifiedToken(readingWithoutVerification: token.rawValue)
        #expect(
            read.unverifiedPayload == #"{"sub":"v","kid":"\#(key.id)","exp":1760003600,"flags":{"original":true},"#
                + #""jti":"a.B-9_","iat":1760000000,"viewer":"ü\"\\","playFor":10800}"#)
        #expect(read.unverifiedID == "a.B-9_")
    }

    @Test(
        "an id has 1 to 64 of the characters that need no quoting anywhere",
        arguments: [
            ("a", true), ("", false), (String(repeating: "a", count: 64), true),
            (String(repeating: "a", count: 65), false),
            ("AZaz09-_.", true), ("a b", false), ("a/b", false), ("a+b", false), ("a=", false), ("a\n", false),
            ("é", false), ("a\u{0}", false), ("auto", true),
        ])
    func id(text: String, isAccepted: Bool) {
        #expect(Self.isSigned { () throws(InvalidClaim) in try Self.claims(id: text) } == isAccepted)
    }

    @Test(
        "a viewer has 1 to 128 bytes of UTF-8 without control characters",
        arguments: [
            ("u", true), ("", false), (String(repeating: "v", count: 128), true),
            (String(repeating: "v", count: 129), false),
            (String(repeating: "é", count: 64), true), (String(repeating: "é", count: 64) + "v", false),
            (" ", true), ("\u{1F}", false), ("a\u{0}", false), ("a\n", false), ("~", true), ("\u{7F}", false),
            ("\u{80}", false), ("\u{9F}", false), ("\u{A0}", true), ("\u{2028}", true), ("用户 17", true),
        ])
    func viewer(text: String, isAccepted: Bool) {
        #expect(Self.isSigned { () throws(InvalidClaim) in try Self.claims(viewer: text) } == isAccepted)
    }

    @Test(
        "a playback goes on for a minute to a week, in whole seconds",
        arguments: [
            (.seconds(59), false), (.seconds(60), true), (.seconds(604_800), true), (.seconds(604_801), false),
            (.milliseconds(60_500), false), (.seconds(60) + smallest, false), (.zero, false), (.seconds(-60), false),
        ] as [(Duration, Bool)])
    func playFor(duration: Duration, isAccepted: Bool) {
        #expect(Self.isSigned { () throws(InvalidClaim) in try Self.claims(playFor: duration) } == isAccepted)
    }

    private static let smallest = Duration(secondsComponent: 0, attosecondsComponent: 1)

    @Test("each needs the time of signing beside it, which may also be there alone")
    func issueTime() throws {
        #expect(!Self.isSigned { () throws(InvalidClaim) in try Self.claims(id: "a", issuedAt: nil) })
        #expect(!Self.isSigned { () throws(InvalidClaim) in try Self.claims(issuedAt: nil, viewer: "u") })
        #expect(!Self.isSigned { () throws(InvalidClaim) in try Self.claims(issuedAt: nil, playFor: .seconds(60)) })
        #expect(try Self.claims().issuedAt == Self.now)
        #expect(try Self.claims(issuedAt: nil).issuedAt == nil)
    }

    @Test("make the claims differ, and copies of them keep their own")
    func values() throws {
        let plain = TokenTerms(expires: ForgedToken.expiry)
        var terms = plain
        terms.viewer = "u"
        let copy = terms
        terms.viewer = "w"
        #expect(plain.viewer == nil && copy.viewer == "u" && terms.viewer == "w")
        #expect(plain != copy && copy != terms)
        terms.viewer = nil
        #expect(terms == plain && terms.hashValue == plain.hashValue)
    }

    @Test("are the same, given one by one or as terms; only these need say when the token ends")
    func terms() throws {
        let video = try VideoID("v")
        var terms = TokenTerms(expires: ForgedToken.expiry, id: "a", issuedAt: Self.now)
        let expected = try PlaybackClaims(video: video, expires: ForgedToken.expiry, id: "a", issuedAt: Self.now)
        #expect(try PlaybackClaims(video: video, terms: terms) == expected)
        terms.expires = nil
        #expect(throws: InvalidClaim.self) { try PlaybackClaims(video: video, terms: terms) }
    }

    @Test("a made id is 128 random bits in base64url, and another each time")
    func randomID() throws {
        let ids = Set(try (0..<50).map { _ in try TokenTerms.randomID() })
        #expect(ids.count == 50)
        for id in ids {
            #expect(id.wholeMatch(of: /[A-Za-z0-9_-]{21}[AQgw]/) != nil, "\(id)")
            #expect(try Self.claims(id: id).id == id)
        }
    }
}
