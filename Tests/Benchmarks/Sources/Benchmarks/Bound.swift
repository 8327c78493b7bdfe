/// What a figure has to hold.
enum Bound: Sendable {
    case atLeast(Double)
    case atMost(Double)
    case below(Double)

    var limit: Double {
        switch self {
        case .atLeast(let limit), .atMost(let limit), .below(let limit): limit
        }
    }

    func holds(_ value: Double) -> Bool {
        switch self {
        case .atLeast(let limit): value >= limit
        case .atMost(let limit): value <= limit
        case .below(let limit): value < limit
        }
    }
}

extension Bound: CustomStringConvertible {
    /// For the table: `>= 0.97`.
    var description: String {
        switch self {
        case .atLeast(let limit): ">= \(limit.shortText)"
        case .atMost(let limit): "<= \(limit.shortText)"
        case .below(let limit): "< \(limit.shortText)"
        }
    }
}
