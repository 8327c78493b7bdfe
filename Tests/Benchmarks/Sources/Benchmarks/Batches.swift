internal import StreamSigning

extension Measurement {
    /// As ``signing``, 64 tokens at a time.
    static let batchSigning = Measurement(
        "sign.batch.ratio_to_openssl", "sign.batch.rate", "sign.batch.openssl_rate"
    ) {
        let subject = try Subject.plain.get()
        let raw = try subject.makeRaw()
        let comparison = try await Comparison {
            try Pace.measure(batch: 64) { try subject.signBatch($0) }
        } right: {
            try Pace.measure(batch: 20) { try raw.sign(times: $0) }
        }
        return comparison.figures(
            ratio: "sign.batch.ratio_to_openssl", bound: .atLeast(1.7, otherwise: 0.97), leftName: "sign.batch.rate",
            rightName: "sign.batch.openssl_rate", unit: "/s")
    }

    /// As ``verification``, 64 tokens at a time.
    static let batchVerification = Measurement(
        "verify.batch.ratio_to_openssl", "verify.batch.rate", "verify.batch.openssl_rate"
    ) {
        let subject = try Subject.plain.get()
        let raw = try subject.makeRaw()
        let tokens = subject.token.rawValue
        let comparison = try await Comparison {
            try Pace.measure(batch: 64) { try subject.verifyBatch([String](repeating: tokens, count: $0)) }
        } right: {
            try Pace.measure(batch: 200) { try raw.verify(times: $0) }
        }
        return comparison.figures(
            ratio: "verify.batch.ratio_to_openssl", bound: .atLeast(2.2, otherwise: 0.88),
            leftName: "verify.batch.rate", rightName: "verify.batch.openssl_rate", unit: "/s")
    }
}

extension Bound {
    /// - Parameter other: what holds where OpenSSL does all.
    static func atLeast(_ limit: Double, otherwise other: Double) -> Bound {
        .atLeast(isBatched ? limit : other)
    }

    /// As ``atLeast(_:otherwise:)``.
    static func below(_ limit: Double, otherwise other: Double) -> Bound {
        .below(isBatched ? limit : other)
    }

    private static let isBatched = MultiBufferRSA.status.operationsAtATime > 1
}

extension Subject {
    func signBatch(_ count: Int) throws {
        guard try signer.signBatch([PlaybackClaims](repeating: claims, count: count)).count == count else {
            throw MeasurementFailure("a batch lost a token")
        }
    }

    func verifyBatch(_ tokens: [String]) throws {
        for result in verifier.verify(tokens, for: request, at: Self.now) { _ = try result.get() }
    }
}
