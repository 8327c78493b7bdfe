internal import Foundation

extension Measurement {
    /// `/authorize` for one account's token while another account sends the most expensive requests it may, 200 a second, against none of
    /// them; and how long probes wait and how old the keys become meanwhile. On two cores that all of it shares.
    static let besideFloods = Measurement(
        "gate.beside_floods.rate_ratio", "gate.beside_floods.rate", "gate.beside_floods.alone_rate",
        "gate.beside_floods.refused", "gate.beside_floods.key_age_ms", "gate.beside_floods.answered",
        "service.beside_floods.readyz_ms"
    ) {
        let gate = try GateSubject(limitsRequests: true)
        let service = gate.service
        let requests = try ExpensiveRequests(with: try tenant(of: gate), to: service)
        let load = try LoadGenerator(
            getting: "/authorize", header: ("X-Original-URI", try gate.paths(1)[0]), from: gate.port)
        var (refused, answered, readyz, keyAge) = (0, 0, 0.0, 0.0)
        let comparison = try await Comparison(rounds: 5) {
            let flood = Flood(of: requests, to: service.port)
            let probe = ReadinessProbe(of: service.port)
            let run = Result { try TwoCores.confine { _ in try load.run(seconds: 3, countsFailures: true) } }
            answered += flood.stop().reduce(0) { $0 + ($1.key == 200 ? $1.value : 0) }
            let probed = try probe.stop()
            (readyz, keyAge) = (max(readyz, probed.milliseconds), max(keyAge, probed.keyAgeMilliseconds))
            refused += try run.get().failures
            return try run.get().rate
        } right: {
            try service.waitUntilIdle()
            return try TwoCores.confine { _ in try load.run(seconds: 3).rate }
        }
        try service.stop()
        return comparison.figures(
            ratio: "gate.beside_floods.rate_ratio", bound: .atLeast(0.45), leftName: "gate.beside_floods.rate",
            rightName: "gate.beside_floods.alone_rate", unit: "/s")
            + [
                Figure("gate.beside_floods.refused", Double(refused), unit: "answers", bound: .atMost(0)),
                Figure("gate.beside_floods.key_age_ms", keyAge, unit: "ms", bound: .below(1500)),
                Figure("gate.beside_floods.answered", Double(answered), unit: "requests of the flood"),
                Figure("service.beside_floods.readyz_ms", readyz, unit: "ms", bound: .below(250)),
            ]
    }

    /// Another account, with so many credentials that a limit for each of them is not all that holds it back.
    private static func tenant(of gate: GateSubject) throws -> [ServiceAccount] {
        let credentials = try (0..<8).map { _ in try ServiceAccount(making: "tenant", inDataOf: gate.folder) }
        let connection = try gate.service.connect(as: credentials[7])
        try Deadline("the service knows the tenant").wait(askingEvery: 0.05) {
            try connection.exchange("GET", "keys").status == 200
        }
        return credentials
    }
}
