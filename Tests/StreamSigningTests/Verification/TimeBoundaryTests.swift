import Testing

@testable import StreamSigning

@Suite("The times of a token")
struct TimeBoundaryTests {
    private static func code(
        _ payload: String, at now: NumericDate, policy: VerificationPolicy = VerificationPolicy()
    ) throws -> Denial.Code? {
        let key = try TestKeys.first()
        var verdicts = try Verdicts.standard(policy: policy)
        verdicts.now = now
        return try verdicts.code(of: ForgedToken(key: key, payload: payload).signed(by: key))
    }

    private static let smallest = Duration(secondsComponent: 0, attosecondsComponent: 1)

    @Test(
        "`exp` is the first moment at which it is no longer valid",
        arguments: [
            (Duration.seconds(-1), nil), (.zero - smallest, nil), (.zero, .expired), (smallest, .expired),
            (.seconds(1), .expired),
        ] as [(Duration, Denial.Code?)])
    func expiry(offset: Duration, code: Denial.Code?) throws {
        #expect(try Self.code(#","exp":1760003600"#, at: ForgedToken.expiry + offset) == code)
        #expect(try Self.code(#","exp":"1760003600""#, at: ForgedToken.expiry + offset) == code)
        #expect(try Self.code(#","exp":1.7600036e9"#, at: ForgedToken.expiry + offset) == code)
    }

    @Test(
        "`nbf` is the first moment at which it is valid",
        arguments: [
            (Duration.seconds(-1), .notYetValid), (.zero - smallest, .notYetValid), (.zero, nil), (smallest, nil),
            (.seconds(1), nil),
        ] as [(Duration, Denial.Code?)])
    func notBefore(offset: Duration, code: Denial.Code?) throws {
        #expect(try Self.code(#","exp":1760003600,"nbf":1760000000"#, at: ForgedToken.now + offset) == code)
        #expect(try Self.code(#","exp":1760003600,"nbf":"1760000000""#, at: ForgedToken.now + offset) == code)
    }

    @Test(
        "fractions count exactly",
        arguments: [("0.5", nil), ("0.4999999", nil), ("0.500000000000000001", .expired), ("0.6", .expired)]
            as [(String, Denial.Code?)])
    func fractions(now: String, code: Denial.Code?) throws {
        let time = try ParsedJSON.with("1760000000" + now.dropFirst()) { try NumericDate(claim: $0) }
        #expect(try Self.code(#","exp":1760000000.500000000000000001"#, at: time) == code)
    }

    @Test(
        "leeway moves both ends by just so much",
        arguments: [
            (29, nil), (30, .expired), (-29, nil), (-30, nil), (-31, .notYetValid),
        ] as [(Int64, Denial.Code?)])
    func leeway(offset: Int64, code: Denial.Code?) throws {
        let policy = VerificationPolicy(leeway: .seconds(30))
        let payload = #","exp":1760000000,"nbf":1760000000"#
        #expect(try Self.code(payload, at: ForgedToken.now + .seconds(offset), policy: policy) == code)
    }

    @Test("leeway is never negative, and may be as long as there is time")
    func oddLeeway() throws {
        #expect(VerificationPolicy(leeway: .seconds(-5)) == VerificationPolicy())
        let forever = VerificationPolicy(leeway: .seconds(Int64.max))
        #expect(try Self.code(#","exp":1,"nbf":253402300799"#, at: ForgedToken.now, policy: forever) == nil)
        #expect(try Self.code(#","exp":1.5,"nbf":1.5"#, at: ForgedToken.now, policy: forever) == nil)
    }

    @Test(
        "a lifetime may be limited, counted from now and stretched by the leeway",
        arguments: [(3_599, nil), (3_600, nil), (3_601, .lifetimeTooLong)] as [(Int64, Denial.Code?)])
    func lifetime(rest: Int64, code: Denial.Code?) throws {
        let now = ForgedToken.expiry - .seconds(rest)
        let limited = VerificationPolicy(maximumLifetime: .seconds(3_600))
        #expect(try Self.code(#","exp":1760003600"#, at: now, policy: limited) == code)
        let stretched = VerificationPolicy(leeway: .seconds(5), maximumLifetime: .seconds(3_595))
        #expect(try Self.code(#","exp":1760003600"#, at: now, policy: stretched) == code)
        #expect(try Self.code(#","exp":253402300799"#, at: now) == nil)
    }

    @Test("a limited lifetime refuses a token that never expires, even where `exp` may be missing")
    func endlessLifetime() throws {
        let policy = VerificationPolicy(maximumLifetime: .seconds(3_600), insecurelyAllowsMissingExpiry: true)
        #expect(try Self.code("", at: ForgedToken.now, policy: policy) == .lifetimeTooLong)
    }

    @Test("a token without `exp` is refused unless the caller opts out")
    func missingExpiry() throws {
        #expect(try Self.code("", at: ForgedToken.now) == .expiryMissing)
        let policy = VerificationPolicy(insecurelyAllowsMissingExpiry: true)
        #expect(try Self.code("", at: ForgedToken.now, policy: policy) == nil)
        #expect(try Self.code(#","exp":null"#, at: ForgedToken.now, policy: policy) == nil)
    }

    @Test(
        "the year 9999 is the last",
        arguments: [("253402300799", nil), ("253402300800", .claimsMalformed)] as [(String, Denial.Code?)])
    func lastYear(exp: String, code: Denial.Code?) throws {
        #expect(try Self.code(#","exp":\#(exp)"#, at: ForgedToken.now) == code)
    }
}
