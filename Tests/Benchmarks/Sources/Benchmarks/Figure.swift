/// One measured number.
struct Figure: Sendable {
    /// What is compared over time: part, case and number, parted by dots.
    let name: String
    let value: Double
    let unit: String
    /// Nil for a figure that is only reported.
    let bound: Bound?
    /// How far the rounds were apart, if the value is their median.
    let spread: ClosedRange<Double>?

    init(_ name: String, _ value: Double, unit: String, bound: Bound? = nil, spread: ClosedRange<Double>? = nil) {
        self.name = name
        self.value = value
        self.unit = unit
        self.bound = bound
        self.spread = spread
    }

    /// The median of the rounds.
    init(_ name: String, rounds: [Double], unit: String, bound: Bound? = nil) {
        let spread = (rounds.min() ?? 0)...(rounds.max() ?? 0)
        self.init(name, rounds.median, unit: unit, bound: bound, spread: spread)
    }

    /// A figure without a bound holds.
    var holds: Bool { bound?.holds(value) ?? true }
}

extension Figure: Encodable {
    private enum CodingKeys: String, CodingKey {
        case name, value, unit, bound, holds
    }

    func encode(to encoder: any Encoder) throws {
        var members = encoder.container(keyedBy: CodingKeys.self)
        try members.encode(name, forKey: .name)
        try members.encode(value, forKey: .value)
        try members.encode(unit, forKey: .unit)
        // `null` rather than nothing: every figure has the same members.
        try members.encode(bound?.limit, forKey: .bound)
        try members.encode(holds, forKey: .holds)
    }
}

extension [Double] {
    /// 0 of nothing.
    var median: Double {
        let sorted = sorted()
        guard let upper = sorted.dropFirst(count / 2).first else { return 0 }
        return count.isMultiple(of: 2) ? (sorted[count / 2 - 1] + upper) / 2 : upper
    }
    /// The least value that so large a part of the values does not exceed; 0 of nothing.
    func percentile(_ percent: Double) -> Double {
        let rank = Int((Double(count) * percent / 100).rounded(.up))
        return sorted().dropFirst(Swift.max(rank - 1, 0)).first ?? 0
    }
}
