import Foundation
import Testing

@testable import StreamSigning

@Suite("Numeric dates")
struct NumericDateTests {
    @Test(
        "are read from RFC 3339 and from unix seconds",
        arguments: [
            ("2025-10-09T08:53:20Z", 1_760_000_000), ("2025-10-09T10:53:20+02:00", 1_760_000_000),
            ("2025-10-09t08:53:20z", 1_760_000_000), ("2025-10-09T08:53:20.000Z", 1_760_000_000),
            ("2025-10-09T03:23:20-05:30", 1_760_000_000), ("1760000000", 1_760_000_000), ("0", 0), ("-1", -1),
            ("1970-01-01T00:00:00Z", 0), ("253402300799", 253_402_300_799), ("9999-12-31T23:59:59Z", 253_402_300_799),
            ("-62135596800", -62_135_596_800), ("2024-02-29T00:00:00Z", 1_709_164_800),
        ] as [(String, Int64)])
    func read(text: String, seconds: Int64) {
        #expect(NumericDate(text) == NumericDate(secondsSince1970: seconds))
    }

    @Test(
        "are not read from anything else",
        arguments: [
            "", " ", "now", "+1", "-0", "1 ", " 1", "1.5", "1e3", "0x10", "253402300800", "-62135596801",
            "1760000000000",
            "99999999999999999999", "2025-10-09", "2025-10-09 08:53:20Z", "08:53:20Z",
            "2025-10-09T08:53Z", "2025-13-01T00:00:00Z", "2025-00-01T00:00:00Z", "2025-01-00T00:00:00Z",
            "2025-01-32T00:00:00Z", "2025-02-30T00:00:00Z", "2025-02-29T00:00:00Z", "2025-01-01T24:00:00Z",
            "2025-01-01T25:00:00Z", "2025-01-01T00:60:00Z", "2025-01-01T00:00:61Z", "2016-12-31T23:59:60Z",
            "2025-10-09T08:53:20Zjunk",
            "2025-10-09T08:53:20Z ", "x2025-10-09T08:53:20Z", "2025-10-09T08:53:20.Z", "2025-10-09T08:53:20+2",
            "2100-02-29T00:00:00Z", "2025-10-09T08:53:20", "2025-10-09T08:53:20.5", "2025-10-09T08:53:20,5Z",
            "0001-01-01T00:00:00+00:01",
            "9999-12-31T23:59:59-00:01", "10000-01-01T00:00:00Z", "0000-01-01T00:00:00Z", "20251009T085320Z",
            "2025-W41-4T00:00:00Z",
            "2025-10-09T08:53:20+25:00",
        ])
    func refused(_ text: String) {
        #expect(NumericDate(text) == nil, "\(NumericDate(text)?.description ?? "")")
    }

    @Test(
        "keep the fraction of RFC 3339 text, to the attosecond",
        arguments: [
            ("20.5", 500_000_000_000_000_000), ("20.001", 1_000_000_000_000_000), ("20.000000000000000001", 1),
            ("20.0000000000000000019", 1), ("20.000", 0), ("20.763937286", 763_937_286_000_000_000),
        ] as [(String, Int64)])
    func fraction(seconds: String, attoseconds: Int64) {
        let date = NumericDate("2025-10-09T08:53:\(seconds)Z")
        #expect(date == NumericDate(seconds: 1_760_000_000, attoseconds: attoseconds))
    }

    @Test("written and read agree with Foundation from 1600 on, and with themselves", arguments: [UInt64](1...4))
    func roundTrip(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<300 {
            let seconds = Int64.random(in: NumericDate.earliest.seconds...NumericDate.latest.seconds, using: &random)
            let date = NumericDate(secondsSince1970: seconds)
            #expect(NumericDate(date.description) == date, "seed \(seed)")
            if seconds > -11_676_096_000 { #expect(date.description == date.date.formatted(.iso8601), "seed \(seed)") }
        }
    }

    @Test("are written as RFC 3339 in UTC")
    func written() {
        #expect(NumericDate(1_760_000_000).description == "2025-10-09T08:53:20Z")
        #expect(NumericDate(Date(timeIntervalSince1970: 1_760_000_000.5)).description == "2025-10-09T08:53:20.500Z")
        #expect(NumericDate.earliest.description == "0001-01-01T00:00:00Z")
        #expect(NumericDate.latest.description == "9999-12-31T23:59:59Z")
    }

    @Test("of Foundation are clamped to the years 1 to 9999 and rounded down")
    func dates() {
        #expect(NumericDate(Date.distantFuture) == NumericDate(Date.distantFuture))
        #expect(NumericDate(Date(timeIntervalSince1970: 1e18)) == .latest)
        #expect(NumericDate(Date(timeIntervalSince1970: -1e18)) == .earliest)
        #expect(NumericDate(Date(timeIntervalSince1970: .infinity)) == .latest)
        #expect(NumericDate(Date(timeIntervalSince1970: -0.5)).seconds == -1)
        #expect(NumericDate(Date(timeIntervalSince1970: 0.5)).seconds == 0)
        #expect(NumericDate(secondsSince1970: .max) == .latest && NumericDate(secondsSince1970: .min) == .earliest)
        let date = Date(timeIntervalSince1970: 1_760_000_000.25)
        #expect(abs(NumericDate(date).date.timeIntervalSince(date)) < 1e-6)
    }
}
