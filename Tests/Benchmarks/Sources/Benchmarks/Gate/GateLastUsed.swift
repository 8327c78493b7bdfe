extension Measurement {
    /// What it costs a decision from the cache to note that the key was used, against a gate that tells nobody.
    static let gateLastUsed = Measurement(
        "gate.last_used.cost_ratio", "gate.last_used.decision_us", "gate.last_used.no_decision_us",
        "gate.last_used.allocations"
    ) {
        let subject = try Subject.plain.get()
        var noting = try Gatekeeping(subject, tokens: 1, cachedTokens: 64)
        var silent = try Gatekeeping(subject, tokens: 1, cachedTokens: 64, notesUse: false)
        let comparison = try await Comparison {
            try 1e6 / Pace.measure(batch: 1000) { try noting.decide(times: $0) }
        } right: {
            try 1e6 / Pace.measure(batch: 1000) { try silent.decide(times: $0) }
        }
        let counted = try AllocationsPerOperation { try noting.decide(times: 1) }
        return comparison.figures(
            ratio: "gate.last_used.cost_ratio", bound: .atMost(1.03), leftName: "gate.last_used.decision_us",
            rightName: "gate.last_used.no_decision_us", unit: "µs")
            + [Figure("gate.last_used.allocations", counted.count, unit: "allocations", bound: .atMost(0))]
    }
}
