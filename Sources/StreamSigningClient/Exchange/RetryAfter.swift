internal import StreamSigning

/// The value of a `Retry-After` header (RFC 9110 10.2.3): seconds, or an HTTP date.
enum RetryAfter {
    /// - Returns: nil for what is neither.
    static func duration(_ text: String, now: NumericDate) -> Duration? {
        let isNumber = !text.isEmpty && text.utf8.allSatisfy(\.isASCIIDigit)
        if isNumber { return .seconds(Int64(text) ?? .max / 4) }
        return date(text).map { max($0 - now, .zero) }
    }

    /// `Sun, 06 Nov 1994 08:49:37 GMT` (RFC 9110 5.6.7); nobody sends the two older forms any more.
    private static func date(_ text: String) -> NumericDate? {
        let fields = text.split(separator: " ", omittingEmptySubsequences: false)
        guard fields.count == 6, fields[0].utf8.count == 4, fields[1].utf8.count == 2, fields[3].utf8.count == 4,
            fields[5] == "GMT", let month = months.firstIndex(of: fields[2])
        else { return nil }
        let number = month < 9 ? "0\(month + 1)" : "\(month + 1)"
        return NumericDate("\(fields[3])-\(number)-\(fields[1])T\(fields[4])Z")
    }

    private static let months: [Substring] = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
}
