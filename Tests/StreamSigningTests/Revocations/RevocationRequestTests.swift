import Testing

@testable import StreamSigning

@Suite("Requests for revocations")
struct RevocationRequestTests {
    private let now = NumericDate(1_760_000_000) + .milliseconds(250)
    private let id: RevocationID

    init() throws {
        id = try .random()
    }

    private func make(
        _ kind: RevocationSubject.Kind = .viewer, issuedBefore: NumericDate? = nil, until: NumericDate? = nil,
        reason: String? = nil, at now: NumericDate? = nil
    ) throws -> Revocation {
        let subject = try RevocationSubject(kind, "a")
        return try RevocationRequest(subject, issuedBefore: issuedBefore, until: until, reason: reason)
            .revocation(id: id, at: now ?? self.now)
    }

    private func pointer(_ body: () throws -> Revocation) -> String? {
        let error = #expect(throws: InvalidRevocation.self) { try body() }
        return error?.pointer
    }

    @Test("end after seven days by default, in whole seconds", arguments: RevocationSubject.Kind.allCases)
    func defaults(_ kind: RevocationSubject.Kind) throws {
        let revocation = try make(kind)
        #expect(revocation.created == 1_760_000_000)
        #expect(revocation.until == 1_760_000_001 + .seconds(7 * 86_400))
        #expect(revocation.reason == nil && revocation.id == id)
    }

    @Test("mean by default what is signed within this second too", arguments: [0, 250, 999])
    func defaultMoment(milliseconds: Int) throws {
        let now = NumericDate(1_760_000_000) + .milliseconds(milliseconds)
        #expect(try make(.viewer, at: now).issuedBefore == 1_760_000_001)
        #expect(try make(.video, at: now).issuedBefore == 1_760_000_001)
        #expect(try make(.token, at: now).issuedBefore == nil)
        #expect(try make(.session, at: now).issuedBefore == nil)
    }

    @Test(
        "name a moment that is neither before 1970 nor in the future, for viewers and videos",
        arguments: [RevocationSubject.Kind.viewer, .video])
    func moment(_ kind: RevocationSubject.Kind) throws {
        #expect(try make(kind, issuedBefore: now).issuedBefore == 1_760_000_001)
        #expect(try make(kind, issuedBefore: 1_760_000_000).issuedBefore == 1_760_000_000)
        #expect(try make(kind, issuedBefore: 0).issuedBefore == 0)
        for moment in [NumericDate.earliest, -5, -1, NumericDate(0) - .milliseconds(1)] {
            #expect(pointer { try make(kind, issuedBefore: moment) } == "/issuedBefore")
        }
        #expect(pointer { try make(kind, issuedBefore: now + .milliseconds(1)) } == "/issuedBefore")
        #expect(pointer { try make(kind, issuedBefore: 1_760_000_001) } == "/issuedBefore")
    }

    @Test("name no moment for one token or session", arguments: [RevocationSubject.Kind.token, .session])
    func noMoment(_ kind: RevocationSubject.Kind) {
        #expect(pointer { try make(kind, issuedBefore: 1) } == "/issuedBefore")
        #expect(pointer { try make(kind, issuedBefore: .latest) } == "/issuedBefore")
    }

    @Test("end in the future, within 366 days")
    func end() throws {
        let most = now + .seconds(366 * 86_400)
        #expect(try make(until: most).until == most.wholeSecond + .seconds(1))
        #expect(try make(until: now + .milliseconds(1)).until == 1_760_000_001)
        #expect(try make(until: 1_760_000_001).until == 1_760_000_001)
        #expect(pointer { try make(until: most + .milliseconds(1)) } == "/until")
        #expect(pointer { try make(until: now) } == "/until")
        #expect(pointer { try make(until: 1_760_000_000) } == "/until")
        #expect(pointer { try make(until: .latest) } == "/until")
        #expect(pointer { try make(until: .earliest) } == "/until")
    }

    @Test(
        "give a reason of at most 200 bytes on one line",
        arguments: [
            ("", true), ("why", true), (String(repeating: "é", count: 100), true),
            (String(repeating: "é", count: 100) + "x", false), (String(repeating: "x", count: 201), false),
            ("a\nb", false), ("\u{9B}31m", false),
        ])
    func reason(_ text: String, isAccepted: Bool) throws {
        guard isAccepted else {
            #expect(pointer { try make(reason: text) } == "/reason")
            return
        }
        #expect(try make(reason: text).reason == (text.isEmpty ? nil : text))
    }

    @Test("at the last moment of time end before they begin, which is refused")
    func endOfTime() {
        #expect(pointer { try make(at: .latest) } == "/until")
    }

    @Test("make revocations that can be stored and read back as they are")
    func stored() throws {
        for kind in RevocationSubject.Kind.allCases {
            let revocation = try make(kind, until: now + .seconds(366 * 86_400), reason: "why")
            let again = try Revocation(
                id: revocation.id, subject: revocation.subject, issuedBefore: revocation.issuedBefore,
                until: revocation.until, created: revocation.created, reason: revocation.reason)
            #expect(again == revocation)
            #expect(RevocationSet([revocation]).count == 1)
        }
    }

    @Test("are described on one line, however hostile")
    func description() throws {
        let subject = try RevocationSubject(.viewer, "a\u{202E}\u{2028}" + String(repeating: "b", count: 200))
        let text = try RevocationRequest(subject, reason: "x\u{200F}").revocation(id: id, at: now).description
        #expect(text.utf8.count < 600)
        #expect(
            !text.unicodeScalars.contains {
                [.control, .format, .lineSeparator].contains($0.properties.generalCategory)
            })
    }
}
