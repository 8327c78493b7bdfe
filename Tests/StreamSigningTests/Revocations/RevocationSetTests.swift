import Testing

@testable import StreamSigning

/// What a set says of a token that says this of itself.
@Suite("Sets of revocations")
struct RevocationSetTests {
    private let now = ForgedToken.now

    private func refusal(
        _ set: RevocationSet, _ token: RevocableClaims, at time: NumericDate? = nil
    ) -> RevocationSubject.Kind? {
        set.revocation(of: token, at: time ?? now)?.subject.kind
    }

    @Test("find nothing where there is nothing")
    func empty() {
        let set = RevocationSet()
        #expect(set.isEmpty && set.count == 0)
        #expect(refusal(set, RevocableClaims(id: "a", session: "b", viewer: "c", video: "d")) == nil)
    }

    @Test("look at each claim by itself, in the order token, session, viewer, video")
    func order() throws {
        let set = try Revoked.set(.video("d"), .viewer("c"), .session("b"), .token("a"))
        #expect(set.count == 4 && !set.isEmpty)
        #expect(refusal(set, RevocableClaims(id: "a", session: "b", viewer: "c", video: "d")) == .token)
        #expect(refusal(set, RevocableClaims(session: "b", viewer: "c", video: "d")) == .session)
        #expect(refusal(set, RevocableClaims(viewer: "c", video: "d")) == .viewer)
        #expect(refusal(set, RevocableClaims(video: "d")) == .video)
        #expect(refusal(set, RevocableClaims(id: "b", session: "a", viewer: "d", video: "c")) == nil)
        #expect(refusal(set, RevocableClaims()) == nil)
    }

    @Test("compare bytes: no case, no Unicode equivalence, no prefix")
    func bytes() throws {
        let set = try Revoked.set(.viewer("caf\u{E9}"), .viewer("user"), .viewer("\u{1100}\u{1161}"))
        for viewer in ["cafe\u{301}", "User", "use", "user ", "users", "\u{AC00}", ""] {
            #expect(refusal(set, RevocableClaims(viewer: viewer)) == nil, "\(viewer)")
        }
        #expect(refusal(set, RevocableClaims(viewer: "caf\u{E9}")) == .viewer)
    }

    @Test(
        "spare what a viewer or a video was given from the moment on, and nothing without `iat`",
        arguments: [RevocationSubject.Kind.viewer, .video])
    func moment(_ kind: RevocationSubject.Kind) throws {
        let set = try Revoked.set(Revoked(kind: kind, id: "a", issuedBefore: 1_000))
        for (issuedAt, isRefused): (NumericDate?, Bool) in [
            (nil, true), (-5, true), (999, true), (NumericDate(999) + .milliseconds(999), true), (1_000, false),
            (NumericDate(1_000) + .milliseconds(1), false), (.latest, false),
        ] {
            let token = RevocableClaims(
                viewer: kind == .viewer ? "a" : nil, video: kind == .video ? "a" : nil, issuedAt: issuedAt)
            #expect((refusal(set, token) == kind) == isRefused, "\(String(describing: issuedAt))")
        }
    }

    @Test(
        "refuse one token or session whenever it was signed", arguments: [nil, 0, NumericDate.latest] as [NumericDate?])
    func whole(issuedAt: NumericDate?) throws {
        let set = try Revoked.set(.token("a"), .session("a"))
        #expect(refusal(set, RevocableClaims(id: "a", issuedAt: issuedAt)) == .token)
        #expect(refusal(set, RevocableClaims(session: "a", issuedAt: issuedAt)) == .session)
    }

    @Test("let in again at the very moment at which a revocation ends")
    func end() throws {
        var set = try Revoked.set(.token("a").until(now + .seconds(10)))
        let token = RevocableClaims(id: "a")
        #expect(refusal(set, token, at: now + .milliseconds(9_999)) == .token)
        #expect(refusal(set, token, at: now + .seconds(10)) == nil)
        set.removeEnded(at: now + .milliseconds(9_999))
        #expect(set.count == 1)
        set.removeEnded(at: now + .seconds(10))
        #expect(set.isEmpty && set.count == 0)
    }

    @Test("obey each of several revocations of one subject, whichever end and moment it has")
    func several() throws {
        let long = try Revoked.viewer("a", issuedBefore: 100).until(now + .seconds(100)).make()
        let wide = try Revoked.viewer("a", issuedBefore: 200).until(now + .seconds(50)).make()
        let short = try Revoked.viewer("a", issuedBefore: 300).until(now + .seconds(10)).make()
        for order in [[long, wide, short], [short, wide, long], [wide, short, long]] {
            let set = RevocationSet(order)
            #expect(set.count == 3)
            for (seconds, spared): (Int, Int64) in [(0, 300), (9, 300), (10, 200), (49, 200), (50, 100), (99, 100)] {
                let time = now + .seconds(seconds)
                let before = RevocableClaims(viewer: "a", issuedAt: NumericDate(secondsSince1970: spared - 1))
                let after = RevocableClaims(viewer: "a", issuedAt: NumericDate(secondsSince1970: spared))
                #expect(refusal(set, before, at: time) == .viewer && refusal(set, after, at: time) == nil)
            }
            #expect(refusal(set, RevocableClaims(viewer: "a"), at: now + .seconds(100)) == nil)
        }
    }

    @Test("let in again when the last revocation of a subject is lifted, and not before")
    func lifting() throws {
        let (first, second) = (try Revoked.token("a").make(), try Revoked.token("a").make())
        var set = RevocationSet([first, second])
        let kept = set
        set.remove(first.id, of: first.subject)
        #expect(refusal(set, RevocableClaims(id: "a")) == .token && set.count == 1)
        set.remove(first.id, of: first.subject)
        #expect(set.count == 1)
        set.remove(try .random(), of: second.subject)
        #expect(set.count == 1)
        set.remove(second.id, of: second.subject)
        #expect(refusal(set, RevocableClaims(id: "a")) == nil && set.isEmpty)
        #expect(kept.count == 2 && refusal(kept, RevocableClaims(id: "a")) == .token)
    }

    @Test("count a revocation once, however often it is heard of")
    func idempotence() throws {
        let revocations = try (0..<1_000).map { try Revoked.token("t\($0 % 400)").make() }
        var set = RevocationSet(revocations + revocations)
        #expect(set.count == 1_000)
        set.insert(contentsOf: revocations.shuffled())
        set.insert(contentsOf: [])
        #expect(set.count == 1_000)
    }

    @Test("hand back what they were given")
    func content() throws {
        for kind in RevocationSubject.Kind.allCases {
            let long = kind == .video ? String(repeating: "v", count: 64) : String(repeating: "é", count: 127)
            for (id, reason) in [("a", nil), (long, String(repeating: "x", count: 200))] {
                let made = try Revoked(kind: kind, id: id, reason: reason).make()
                // Before 1970, as no request may be any more.
                let revocation = try Revocation(
                    id: made.id, subject: made.subject, issuedBefore: kind.sparesLaterTokens ? -1 : nil,
                    until: made.until, created: made.created, reason: made.reason)
                let claims = RevocableClaims(
                    id: kind == .token ? id : nil, session: kind == .session ? id : nil,
                    viewer: kind == .viewer ? id : nil, video: kind == .video ? id : nil)
                #expect(RevocationSet([revocation]).revocation(of: claims, at: now) == revocation)
                let silent = try #require(RevocationSet([revocation.withoutReason]).revocation(of: claims, at: now))
                #expect(silent.id == revocation.id && silent.reason == nil)
            }
        }
    }
}
