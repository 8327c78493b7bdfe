import Testing

@testable import StreamSigning

@Suite("Arithmetic with numeric dates")
struct NumericDateArithmeticTests {
    private static let half: Int64 = 500_000_000_000_000_000

    @Test("carries fractions in both directions")
    func carries() {
        let date = NumericDate(seconds: 10, attoseconds: Self.half)
        #expect(date + .milliseconds(500) == 11)
        #expect(date + .milliseconds(-500) == 10)
        #expect(date - .milliseconds(500) == 10)
        #expect(date - .milliseconds(600) == NumericDate(seconds: 9, attoseconds: 900_000_000_000_000_000))
        #expect(date + .seconds(-11) == NumericDate(seconds: -1, attoseconds: Self.half))
        #expect(date - 10 == .milliseconds(500) && 10 - date == .milliseconds(-500))
    }

    @Test("orders by seconds, then by fraction")
    func order() {
        let dates: [NumericDate] = [
            .earliest, -1, NumericDate(seconds: -1, attoseconds: 1), 0, NumericDate(seconds: 0, attoseconds: 1), 1,
            .latest,
        ]
        for (left, right) in zip(dates, dates.dropFirst()) {
            #expect(left < right && !(right < left) && left != right)
        }
    }

    @Test("stops at the ends of time, whatever the duration")
    func ends() {
        let long = Duration.seconds(Int64.max)
        for date in [NumericDate.earliest, 0, .latest, NumericDate(seconds: 0, attoseconds: Self.half)] {
            #expect(date + long == .latest)
            #expect(date - long == .earliest)
            #expect(date + .seconds(Int64.min) == .earliest)
            #expect(date - .seconds(Int64.min) == .latest)
        }
        #expect(NumericDate.latest + .seconds(1) == .latest && NumericDate.earliest - .seconds(1) == .earliest)
        #expect(NumericDate.latest - .earliest == .seconds(253_402_300_799 + 62_135_596_800))
    }

    @Test("stops there too where the fraction would carry past the largest number")
    func carryAtTheEnd() {
        let up = Duration(secondsComponent: .max - 10, attosecondsComponent: Self.half)
        #expect(NumericDate(seconds: 10, attoseconds: Self.half) + up == .latest)
        let down = Duration(secondsComponent: .min + 10, attosecondsComponent: -Self.half)
        #expect(NumericDate(seconds: -10, attoseconds: 0) + down == .earliest)
    }
}
