internal import StreamSigning

extension Measurement {
    /// A decision about a token that is known to be genuine, in an account with a million revocations, against one without any.
    static let gateRevocations = Measurement(
        "gate.revocations_1m.decision_ratio", "gate.revocations_1m.decision_us", "gate.revocations_1m.no_decision_us",
        "gate.revocations_1m.allocations"
    ) {
        let subject = try Subject.plain.get()
        let revocations = try (0..<1_000_000).map { number in
            let subject = try RevocationSubject(.token, TokenTerms.randomID())
            return try RevocationRequest(subject).revocation(id: .random(), at: Subject.now)
        }
        var many = try Gatekeeping(subject, tokens: 1, cachedTokens: 64, revocations: revocations)
        var none = try Gatekeeping(subject, tokens: 1, cachedTokens: 64)
        let comparison = try await Comparison {
            try 1e6 / Pace.measure(batch: 1000) { try many.decide(times: $0) }
        } right: {
            try 1e6 / Pace.measure(batch: 1000) { try none.decide(times: $0) }
        }
        let counted = try AllocationsPerOperation { try many.decide(times: 1) }
        guard many.verifications == 1 else { throw MeasurementFailure("the token was verified more than once") }
        return comparison.figures(
            ratio: "gate.revocations_1m.decision_ratio", bound: .atMost(1.25),
            leftName: "gate.revocations_1m.decision_us", rightName: "gate.revocations_1m.no_decision_us", unit: "µs")
            + [
                Figure(
                    "gate.revocations_1m.allocations", counted.count, unit: "allocations", bound: .atMost(0))
            ]
    }
}
