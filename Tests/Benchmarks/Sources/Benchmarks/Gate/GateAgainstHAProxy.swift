internal import StreamSigning

extension Measurement {
    /// `/authorize` over loopback for one token, on two cores that the load generator shares, against HAProxy, which verifies it
    /// each time.
    static let gateCached = Measurement(names: names("gate.cached")) {
        let gate = try GateSubject()
        let path = try gate.paths(1)[0]
        let haProxy = try LocalServer.haProxy(verifyingWith: gate.key.verificationKey.pem())
        let ours = try LoadGenerator(getting: "/authorize", header: ("X-Original-URI", path), from: gate.port)
        let theirs = try LoadGenerator(getting: path, from: haProxy.port)
        let comparison = try await Comparison(rounds: 7) {
            try TwoCores.confine { _ in try ours.run(seconds: 2).rate }
        } right: {
            try TwoCores.confine { _ in try theirs.run(seconds: 2).rate }
        }
        try gate.service.stop()
        return figures("gate.cached", comparison, bound: .atLeast(1.5))
    }

    /// The same for 100,000 tokens in turn: many more than the gate remembers, so each is verified here too. It is told to
    /// remember fewer than usual because only what all its threads together have forgotten is sure to be a miss.
    static let gateCold = Measurement(names: names("gate.cold")) {
        let gate = try GateSubject(options: "--cached-tokens", "8192")
        let paths = try gate.paths(100_000)
        let haProxy = try LocalServer.haProxy(verifyingWith: gate.key.verificationKey.pem())
        let ours = try LoadGenerator(gettingEachOf: paths, header: "X-Original-URI", from: gate.port)
        let theirs = try LoadGenerator(gettingEachOf: paths, from: haProxy.port)
        var sent = 0
        let comparison = try await Comparison(rounds: 7) {
            let run = try TwoCores.confine { _ in try ours.run(seconds: 3, from: sent) }
            // Goes on where it ended, with what is forgotten by then.
            sent = (sent + run.count + LoadGenerator.connections) % paths.count
            return run.rate
        } right: {
            try TwoCores.confine { _ in try theirs.run(seconds: 3).rate }
        }
        let hits = try gate.service.metric(#"streamsign_gate_cache_lookups_total{result="hit"}"#)
        let misses = try gate.service.metric(#"streamsign_gate_cache_lookups_total{result="miss"}"#)
        // The first round of a run repeats what the last one had asked for and not got an answer to.
        guard hits * 100 <= misses else { throw MeasurementFailure("\(hits) tokens were remembered") }
        try gate.service.stop()
        return figures("gate.cold", comparison, bound: .atLeast(1.2, otherwise: 0.9))
    }

    private static func names(_ name: String) -> [String] {
        ["ratio_to_haproxy", "rate", "haproxy_rate"].map { "\(name).\($0)" }
    }

    private static func figures(_ name: String, _ comparison: Comparison, bound: Bound) -> [Figure] {
        comparison.figures(
            ratio: "\(name).ratio_to_haproxy", bound: bound, leftName: "\(name).rate",
            rightName: "\(name).haproxy_rate",
            unit: "/s")
    }
}
