extension Duration {
    private static let units: [(Int64, String)] = [
        (31_557_600, "y"), (86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"),
    ]

    /// The two largest units, for a person: `3 h 12 min`, `45 s`, `2 d`. Less than a second is `less than 1 s`.
    package var humanText: String {
        let seconds = abs(components.seconds)
        guard seconds > 0 else { return components.attoseconds == 0 ? "0 s" : "less than 1 s" }
        let units = Self.units
        let largest = units.firstIndex { seconds >= $0.0 } ?? units.count - 1
        var text = "\(seconds / units[largest].0) \(units[largest].1)"
        guard largest + 1 < units.count else { return text }
        let rest = seconds % units[largest].0 / units[largest + 1].0
        if rest > 0 { text += " \(rest) \(units[largest + 1].1)" }
        return text
    }
}
