extension Measurement {
    /// From claims to a finished token, against OpenSSL signing alone.
    static let signing = Measurement(
        "sign.one_thread.ratio_to_openssl", "sign.one_thread.rate", "sign.one_thread.openssl_rate"
    ) {
        let subject = try Subject.plain.get()
        let raw = try subject.makeRaw()
        let comparison = try await Comparison {
            try Pace.measure(batch: 20) { try subject.sign(times: $0) }
        } right: {
            try Pace.measure(batch: 20) { try raw.sign(times: $0) }
        }
        return comparison.figures(
            ratio: "sign.one_thread.ratio_to_openssl", bound: .atLeast(0.99), leftName: "sign.one_thread.rate",
            rightName: "sign.one_thread.openssl_rate", unit: "/s")
    }

    /// Two threads that share one key, against one thread.
    static let signingOnTwoThreads = Measurement("sign.two_threads.ratio_to_one", "sign.two_threads.rate") {
        let subject = try Subject.plain.get()
        let rate = { (threads: Int) in
            try ThreadTeam.run(threads) { _ in try Pace.measure(batch: 20) { try subject.sign(times: $0) } }
                .reduce(0, +)
        }
        let comparison = try await Comparison {
            try rate(2)
        } right: {
            try rate(1)
        }
        return [
            Figure("sign.two_threads.ratio_to_one", rounds: comparison.ratios, unit: "ratio", bound: .atLeast(1.9)),
            Figure("sign.two_threads.rate", rounds: comparison.left, unit: "/s"),
        ]
    }
}
