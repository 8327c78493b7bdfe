extension Measurement {
    /// `/authorize/<path>`, as Envoy asks, against `/authorize` with the path in a field, as nginx does: for one token, on two
    /// cores that the load generator shares.
    static let admissionForms = Measurement(
        "admission.envoy_form.ratio_to_header_form", "admission.envoy_form.rate", "admission.header_form.rate"
    ) {
        let gate = try GateSubject()
        let path = try gate.paths(1)[0]
        let envoy = try LoadGenerator(getting: "/authorize\(path)", from: gate.port)
        let header = try LoadGenerator(getting: "/authorize", header: ("X-Original-URI", path), from: gate.port)
        let comparison = try await Comparison(rounds: 7) {
            try TwoCores.confine { _ in try envoy.run(seconds: 2).rate }
        } right: {
            try TwoCores.confine { _ in try header.run(seconds: 2).rate }
        }
        try gate.service.stop()
        return comparison.figures(
            ratio: "admission.envoy_form.ratio_to_header_form", bound: .atLeast(0.95),
            leftName: "admission.envoy_form.rate", rightName: "admission.header_form.rate", unit: "/s")
    }
}
