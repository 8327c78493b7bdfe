extension Measurement {
    /// What it costs a decision from the cache to note that the key was used: one that notes it twice against one that notes it
    /// once, as all do.
    static let gateLastUsed = Measurement(
        "gate.last_used.cost_ratio", "gate.last_used.twice_us", "gate.last_used.once_us", "gate.last_used.allocations"
    ) {
        let subject = try Subject.plain.get()
        var twice = try Gatekeeping(subject, tokens: 1, cachedTokens: 64, notesTwice: true)
        var once = try Gatekeeping(subject, tokens: 1, cachedTokens: 64)
        let comparison = try await Comparison {
            try 1e6 / Pace.measure(batch: 1000) { try twice.decide(times: $0) }
        } right: {
            try 1e6 / Pace.measure(batch: 1000) { try once.decide(times: $0) }
        }
        let counted = try AllocationsPerOperation { try twice.decide(times: 1) }
        return comparison.figures(
            ratio: "gate.last_used.cost_ratio", bound: .atMost(1.03), leftName: "gate.last_used.twice_us",
            rightName: "gate.last_used.once_us", unit: "µs")
            + [Figure("gate.last_used.allocations", counted.count, unit: "allocations", bound: .atMost(0))]
    }
}
