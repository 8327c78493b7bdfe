/// Times as RFC 3339 text, in the Gregorian calendar carried back to the year 1.
///
/// Our own because Foundation's reader ignores what follows the time, and takes February 30 for a day in March.
extension NumericDate {
    /// - Returns: nil unless the text is a time of RFC 3339 5.6, its fields in range, in the years 1 to 9999. Leap seconds
    ///   are refused; fraction digits after the eighteenth are ignored.
    init?(rfc3339 text: String) {
        var text = Fields(rest: Array(text.utf8)[...])
        guard let year = text.number(digits: 4), year >= 1, text.take("-"),
            let month = text.number(digits: 2), (1...12).contains(month), text.take("-"),
            let day = text.number(digits: 2), text.take("T") || text.take("t"),
            let timeOfDay = text.hoursAndMinutes(), text.take(":"),
            let second = text.number(digits: 2), second < 60,
            let attoseconds = text.fraction(), let offset = text.offset(), text.rest.isEmpty
        else { return nil }
        let days = Self.days(year: year, month: month, day: day)
        guard Self.date(days: days) == (year, month, day) else { return nil }
        let seconds = Self.earliest.seconds + days * 86_400 + timeOfDay * 60 + second - offset * 60
        guard (Self.earliest.seconds...Self.latest.seconds).contains(seconds) else { return nil }
        self.init(seconds: seconds, attoseconds: attoseconds)
    }

    /// In UTC, with milliseconds if there is a fraction.
    var rfc3339: String {
        let (days, time) = (seconds - Self.earliest.seconds).quotientAndRemainder(dividingBy: 86_400)
        let (year, month, day) = Self.date(days: days)
        return String(unsafeUninitializedCapacity: 24) { buffer in
            var text = Digits(buffer: buffer)
            text.append(year, width: 4, then: "-")
            text.append(month, width: 2, then: "-")
            text.append(day, width: 2, then: "T")
            text.append(time / 3_600, width: 2, then: ":")
            text.append(time / 60 % 60, width: 2, then: ":")
            text.append(time % 60, width: 2, then: isWholeSecond ? "Z" : ".")
            if !isWholeSecond { text.append(attoseconds / 1_000_000_000_000_000, width: 3, then: "Z") }
            return text.count
        }
    }

    /// Days since 0001-01-01, counting years from March so that leap days come last.
    private static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return shifted * 365 + shifted / 4 - shifted / 100 + shifted / 400 + dayOfYear - 306
    }

    private static func date(days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let (era, dayOfEra) = (days + 306).quotientAndRemainder(dividingBy: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayOfYear + 2) / 153
        let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        let year = era * 400 + yearOfEra + (month > 2 ? 0 : 1)
        return (year, month, dayOfYear - (153 * monthFromMarch + 2) / 5 + 1)
    }
}

/// Writes in place: lists have several times in each element.
private struct Digits {
    let buffer: UnsafeMutableBufferPointer<UInt8>
    var count = 0

    mutating func append(_ number: Int64, width: Int, then separator: Unicode.Scalar) {
        var rest = number
        for place in stride(from: count + width - 1, through: count, by: -1) {
            buffer[place] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
        buffer[count + width] = UInt8(ascii: separator)
        count += width + 1
    }
}

/// The text that is still to be read.
private struct Fields {
    var rest: ArraySlice<UInt8>

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest = rest.dropFirst()
        return true
    }

    mutating func number(digits count: Int) -> Int64? {
        let digits = rest.prefix(count)
        guard digits.count == count, digits.allSatisfy(\.isASCIIDigit) else { return nil }
        rest = rest.dropFirst(count)
        return digits.reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
    }

    /// `hh:mm`, in minutes.
    mutating func hoursAndMinutes() -> Int64? {
        guard let hours = number(digits: 2), hours < 24, take(":"), let minutes = number(digits: 2), minutes < 60 else {
            return nil
        }
        return hours * 60 + minutes
    }

    /// What follows the seconds, in attoseconds.
    mutating func fraction() -> Int64? {
        guard take(".") else { return 0 }
        let digits = rest.prefix(while: \.isASCIIDigit)
        guard !digits.isEmpty else { return nil }
        rest = rest.dropFirst(digits.count)
        let known = digits.prefix(18).reduce(0) { $0 * 10 + Int64($1 - UInt8(ascii: "0")) }
        return (digits.count..<max(digits.count, 18)).reduce(known) { value, _ in value * 10 }
    }

    /// `Z` or `±hh:mm`, in minutes east of Greenwich.
    mutating func offset() -> Int64? {
        if take("Z") || take("z") { return 0 }
        if take("+") { return hoursAndMinutes() }
        return take("-") ? hoursAndMinutes().map { -$0 } : nil
    }
}
