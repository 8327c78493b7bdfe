extension Duration {
    /// Reads `90s`, `15m`, `2h`, `7d`, or several such parts from the largest to the smallest unit, `1h30m`.
    /// - Returns: nil for any other text, and for more time than the calendar of tokens has.
    package init?(units text: String) {
        var rest = text.utf8[...]
        var total: Int64 = 0
        var units = Self.units[...]
        repeat {
            let digits = rest.prefix(while: \.isASCIIDigit)
            guard let count = Int64(String(digits) ?? ""), let symbol = rest.dropFirst(digits.count).first,
                let unit = units.firstIndex(where: { $0.symbol == symbol })
            else { return nil }
            let (seconds, isTooLarge) = count.multipliedReportingOverflow(by: units[unit].seconds)
            guard !isTooLarge, seconds <= Self.longest else { return nil }
            total += seconds
            units = units[(unit + 1)...]
            rest = rest.dropFirst(digits.count + 1)
        } while !rest.isEmpty
        guard total <= Self.longest else { return nil }
        self = .seconds(total)
    }

    /// The same text: whole seconds as `90s`, `1m`, `1h30m`.
    package var units: String {
        var rest = components.seconds
        let parts = Self.units.compactMap { unit -> String? in
            defer { rest %= unit.seconds }
            return rest < unit.seconds ? nil : "\(rest / unit.seconds)\(Unicode.Scalar(unit.symbol))"
        }
        return parts.isEmpty ? "0s" : parts.joined()
    }

    private static let units: [(symbol: UInt8, seconds: Int64)] = [
        (UInt8(ascii: "d"), 86_400), (UInt8(ascii: "h"), 3_600), (UInt8(ascii: "m"), 60), (UInt8(ascii: "s"), 1),
    ]

    /// 10,000 years.
    private static let longest: Int64 = 10_000 * 365 * 86_400
}
