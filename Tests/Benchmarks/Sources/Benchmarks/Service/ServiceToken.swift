internal import Foundation

extension Measurement {
    /// The token endpoint over loopback, on two cores that the load generator shares, against OpenSSL signing on both.
    static let serviceToken = serviceToken(
        "service.token", ratio: .atLeast(1.1, otherwise: 0.75), p99: .below(15, otherwise: 25)
    ) { _ in "" }

    /// The same with one connection, for whose requests there is nothing to sign them with, against a service that signs one by
    /// one.
    static let serviceTokenAlone = Measurement(
        "service.token.alone_ms", "service.token.alone.ratio_to_one_by_one", "service.token.one_by_one_ms"
    ) {
        let folders = try [TemporaryFolder(), TemporaryFolder()]
        let services = try [
            RunningService(in: folders[0]), RunningService(in: folders[1], "--crypto-mb", "off"),
        ]
        let loads = try services.map { service in
            let load = try LoadGenerator(
                posting: ServiceAccount.tokenPath, body: "", to: service.port, as: try service.firstAccount())
            try service.waitForReadyKeys(16)
            return load
        }
        let comparison = try await Comparison(rounds: 7) {
            try TwoCores.confine { _ in try loads[0].run(seconds: 2, connections: 1).p50Milliseconds }
        } right: {
            try TwoCores.confine { _ in try loads[1].run(seconds: 2, connections: 1).p50Milliseconds }
        }
        for service in services { try service.stop() }
        return [
            Figure("service.token.alone_ms", rounds: comparison.left, unit: "ms"),
            Figure(
                "service.token.alone.ratio_to_one_by_one", rounds: comparison.ratios, unit: "ratio",
                bound: .atMost(1.03)),
            Figure("service.token.one_by_one_ms", rounds: comparison.right, unit: "ms"),
        ]
    }

    /// The same of a request with a body: times and rules.
    static let serviceTokenWithRules = serviceToken("service.token.rules", ratio: nil, p99: nil) { now in
        """
        {"exp":\(now + 3600),"nbf":\(now - 60),"accessRules":[\
        {"type":"ip.geoip.country","action":"allow","country":["GB","IE"]},{"type":"any","action":"block"}]}
        """
    }

    private static func serviceToken(
        _ name: String, ratio: Bound?, p99: Bound?, body: @escaping @Sendable (_ now: Int) -> String
    ) -> Measurement {
        Measurement(
            names: ["ratio_to_openssl", "rate", "openssl_rate", "p50_ms", "p99_ms"].map { "\(name).\($0)" }
        ) {
            let folder = try TemporaryFolder()
            let service = try RunningService(in: folder)
            let account = try service.firstAccount()
            let body = body(Int(Date().timeIntervalSince1970))
            let token = try service.connect(as: account).send("POST", ServiceAccount.tokenPath, body: body).token()
            let load = try LoadGenerator(posting: ServiceAccount.tokenPath, body: body, to: service.port, as: account)
            let key = try Subject.plain.get().key
            try service.waitForReadyKeys(16)

            var runs: [LoadGenerator.Run] = []
            let comparison = try await Comparison(rounds: 5) {
                runs.append(try TwoCores.confine { _ in try load.run(seconds: 3) })
                return runs[runs.count - 1].rate
            } right: {
                try TwoCores.confine { try RawRSAOnCores(key, signedPartOf: token, cores: $0).signingRate() }
            }
            try service.stop()
            return comparison.figures(
                ratio: "\(name).ratio_to_openssl", bound: ratio, leftName: "\(name).rate",
                rightName: "\(name).openssl_rate", unit: "/s")
                + [
                    Figure("\(name).p50_ms", rounds: runs.dropFirst().map(\.p50Milliseconds), unit: "ms"),
                    Figure("\(name).p99_ms", rounds: runs.dropFirst().map(\.p99Milliseconds), unit: "ms", bound: p99),
                ]
        }
    }
}

extension HTTPConnection.Answer {
    /// The token in `{"result":{"token":"…"},…}`.
    fileprivate func token() throws -> String {
        struct Envelope: Decodable {
            struct Result: Decodable {
                let token: String
            }
            let result: Result
        }
        return try JSONDecoder().decode(Envelope.self, from: Data(body)).result.token
    }
}
