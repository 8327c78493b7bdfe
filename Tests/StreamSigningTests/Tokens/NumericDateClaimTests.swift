import Testing

@testable import StreamSigning

@Suite("Times as claims")
struct NumericDateClaimTests {
    private enum Outcome: Equatable {
        case date(NumericDate)
        case notATime, outOfRange
    }

    private static func read(_ json: String) throws -> Outcome {
        try ParsedJSON.with(json) { value in
            do throws(NumericDate.Malformed) {
                return .date(try NumericDate(claim: value))
            } catch {
                return error == .notATime ? .notATime : .outOfRange
            }
        }
    }

    @Test(
        "are exact numbers, and decimal strings of integers as Cloudflare writes them",
        arguments: [
            ("0", 0, 0), ("-0", 0, 0), ("1760000000", 1_760_000_000, 0), (#""1760000000""#, 1_760_000_000, 0),
            (#""0""#, 0, 0), (#""-5""#, -5, 0), ("-5", -5, 0), ("1.5", 1, 500_000_000_000_000_000),
            ("-1.5", -2, 500_000_000_000_000_000), ("-0.25", -1, 750_000_000_000_000_000), ("1.76e9", 1_760_000_000, 0),
            ("1760000000e0", 1_760_000_000, 0), ("17600000000E-1", 1_760_000_000, 0),
            ("1.760000000e+9", 1_760_000_000, 0),
            ("0.00000000176e18", 1_760_000_000, 0), ("1760000000.0", 1_760_000_000, 0),
            ("1e-2", 0, 10_000_000_000_000_000),
            ("0e99999999999999999999", 0, 0), ("0.0e-99999999999999999999", 0, 0),
            ("1.000000000000000001", 1, 1), ("-0.000000000000000001", -1, 999_999_999_999_999_999),
            ("1.999999999999999999", 1, 999_999_999_999_999_999), ("1.00000000000000000100", 1, 1),
            ("253402300799", 253_402_300_799, 0), (#""253402300799""#, 253_402_300_799, 0),
            ("-62135596800", -62_135_596_800, 0),
            ("0.253402300799e12", 253_402_300_799, 0), ("253402300799.9", 253_402_300_799, 900_000_000_000_000_000),
            (#""\u0031""#, 1, 0),
        ] as [(String, Int64, Int64)])
    func exact(json: String, seconds: Int64, attoseconds: Int64) throws {
        #expect(try Self.read(json) == .date(NumericDate(seconds: seconds, attoseconds: attoseconds)))
    }

    @Test(
        "outside the years 1 to 9999 are refused as such: they are milliseconds by mistake",
        arguments: [
            "253402300800", #""253402300800""#, "1760000000000", #""1760000000000""#, "1e12", "1e300",
            "1e99999999999999999999",
            "-62135596801", "-1760000000000", "-1e12", "9999999999999999999999999", "-62135596800.5",
        ])
    func outOfRange(_ json: String) throws {
        #expect(try Self.read(json) == .outOfRange)
    }

    @Test(
        "of another type or form are none",
        arguments: [
            "null", "true", "false", "[]", "[1]", "{}", #""""#, #"" ""#, #""1 ""#, #"" 1""#, #""1.5""#, #""1e3""#,
            #""+1""#,
            #""-""#, #""--1""#, #""0x10""#, #""01""#, #""00""#, #""-01""#, #""١""#, #""1_000""#, #""1,5""#,
            #""2025-10-09T08:53:20Z""#,
            #""1\u0000""#, "1.0000000000000000001", "1e-19", "0.1e-18", "1e-99999999999999999999",
        ])
    func notATime(_ json: String) throws {
        #expect(try Self.read(json) == .notATime)
    }

    @Test("with a token's worth of digits cost nothing and are refused or exact")
    func long() throws {
        let zeros = String(repeating: "0", count: 8_000)
        #expect(try Self.read("1" + zeros) == .outOfRange)
        #expect(try Self.read("1." + zeros) == .date(1))
        #expect(try Self.read("1" + zeros + "e-8000") == .date(1))
        #expect(try Self.read("0." + zeros + "1e8001") == .date(1))
        #expect(try Self.read("0." + zeros + "1") == .notATime)
    }

    @Test("written as the shortest JSON number come back the same", arguments: [UInt64](1...6))
    func roundTrip(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let seconds = Int64.random(in: NumericDate.earliest.seconds..<NumericDate.latest.seconds, using: &random)
            var attoseconds = Int64.random(in: 0..<NumericDate.attosecondsPerSecond, using: &random)
            for _ in 0..<Int.random(in: 0...19, using: &random) { attoseconds = attoseconds / 10 }
            for _ in 0..<Int.random(in: 0...3, using: &random) { attoseconds = attoseconds / 10 * 10 }
            let date = NumericDate(seconds: random.once(in: 3) ? seconds % 3 : seconds, attoseconds: attoseconds)
            #expect(try Self.read(date.json) == .date(date), "seed \(seed): \(date.json)")
            #expect(!date.json.hasSuffix("0") || date.isWholeSecond)
        }
    }
}
