extension Measurement {
    /// `/authorize` over loopback for one token with the keys in PostgreSQL, against the same with SQLite: who asks a gate never
    /// asks a database.
    static let nodeGate = Measurement("nodes.gate.ratio_to_sqlite", "nodes.gate.rate", "nodes.gate.sqlite_rate") {
        let (shared, alone) = (try GateSubject(isShared: true), try GateSubject())
        let loads = try [shared, alone].map { gate in
            try LoadGenerator(
                getting: "/authorize", header: ("X-Original-URI", try gate.paths(1)[0]), from: gate.port)
        }
        let comparison = try await Comparison(rounds: 9) {
            try TwoCores.confine { _ in try loads[0].run(seconds: 2).rate }
        } right: {
            try TwoCores.confine { _ in try loads[1].run(seconds: 2).rate }
        }
        for gate in [shared, alone] { try gate.service.stop() }
        return comparison.figures(
            ratio: "nodes.gate.ratio_to_sqlite", bound: .atLeast(0.97), leftName: "nodes.gate.rate",
            rightName: "nodes.gate.sqlite_rate", unit: "/s")
    }
}
