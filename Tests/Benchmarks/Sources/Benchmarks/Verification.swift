extension Measurement {
    /// From a token's text to a permission, against OpenSSL verifying alone.
    static let verification = verification("verify.one_thread", bound: .atLeast(0.92)) { Subject.plain }

    /// The same of a token with as many rules as one may have.
    static let verificationOfRules = verification("verify.one_thread.rules", bound: nil) { Subject.withRules }

    private static func verification(
        _ name: String, bound: Bound?, of subject: @escaping @Sendable () -> Result<Subject, any Error>
    ) -> Measurement {
        Measurement("\(name).ratio_to_openssl", "\(name).rate", "\(name).openssl_rate") {
            let subject = try subject().get()
            let raw = try subject.makeRaw()
            let comparison = try await Comparison {
                try Pace.measure(batch: 200) { try subject.verify(times: $0) }
            } right: {
                try Pace.measure(batch: 200) { try raw.verify(times: $0) }
            }
            return comparison.figures(
                ratio: "\(name).ratio_to_openssl", bound: bound, leftName: "\(name).rate",
                rightName: "\(name).openssl_rate", unit: "/s")
        }
    }
}
