internal import StreamSigning

extension Measurement {
    /// A decision about a token that is known to be genuine.
    static let gateCachedDecision = Measurement("gate.cached.decision_us", "gate.cached.allocations") {
        var gate = try Gatekeeping(try Subject.plain.get(), tokens: 1, cachedTokens: 64)
        let rates = try (0...11).map { _ in try Pace.measure(batch: 1000) { try gate.decide(times: $0) } }
        let counted = try AllocationsPerOperation { try gate.decide(times: 1) }
        guard gate.verifications == 1 else { throw MeasurementFailure("the token was verified more than once") }
        return [
            Figure(
                "gate.cached.decision_us", rounds: rates.dropFirst().map { 1e6 / $0 }, unit: "µs", bound: .atMost(1.5)),
            Figure("gate.cached.allocations", counted.count, unit: "allocations", bound: .atMost(0)),
        ]
    }

    /// A decision about a token that was never seen or is forgotten, against the core's verification of the same tokens.
    static let gateUncachedDecision = Measurement(
        "gate.uncached.ratio_to_core", "gate.uncached.rate", "gate.uncached.core_rate"
    ) {
        // Each is forgotten long before its next turn.
        var gate = try Gatekeeping(try Subject.plain.get(), tokens: 2048, cachedTokens: 512)
        var core = gate
        var decisions = 0
        let comparison = try await Comparison {
            try Pace.measure(batch: 200) {
                try gate.decide(times: $0)
                decisions += $0
            }
        } right: {
            try Pace.measure(batch: 200) { try core.verify(times: $0) }
        }
        guard gate.verifications == decisions else { throw MeasurementFailure("not every decision was a verification") }
        return comparison.figures(
            ratio: "gate.uncached.ratio_to_core", bound: .atLeast(0.88), leftName: "gate.uncached.rate",
            rightName: "gate.uncached.core_rate", unit: "/s")
    }
}
