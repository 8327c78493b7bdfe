internal import Foundation
internal import StreamSigning

/// OxyJWT (Rust on AWS-LC), the fastest JWT library for Python, in its own loop on one core, with the same key and claims.
private final class OxyJWT {
    private let process = Process()
    private let questions = Pipe()
    private let answers = Pipe()
    private let folder: TemporaryFolder

    init(_ subject: Subject) throws {
        folder = try TemporaryFolder()
        let claims = try UnverifiedToken(readingWithoutVerification: subject.token.rawValue).unverifiedPayload
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
            ".build/benchmarks/python/bin/python", "Tests/Benchmarks/Peers/oxyjwt_peer.py",
            try folder.write(subject.key.pem(.pkcs1).reveal(), to: "key.pem"),
            try folder.write(subject.key.verificationKey.pem(.spki), to: "public.pem"),
            try folder.write(claims, to: "claims.json"), subject.key.id.rawValue, "0.25",
        ]
        process.standardInput = questions
        process.standardOutput = answers
        try process.run()
    }

    deinit {
        try? questions.fileHandleForWriting.close()
        process.waitUntilExit()
    }

    /// - Parameter operation: `sign` or `verify`.
    /// - Returns: operations per second.
    func rate(_ operation: String) throws -> Double {
        try questions.fileHandleForWriting.write(contentsOf: Data("\(operation)\n".utf8))
        let line = String(decoding: answers.fileHandleForReading.availableData, as: UTF8.self)
        guard let rate = Double(line.trimmingCharacters(in: .newlines)) else {
            throw MeasurementFailure("oxyjwt answered '\(line)': scripts/setup --for-bench installs it")
        }
        return rate
    }
}

extension Measurement {
    /// Signing in batches, against OxyJWT.
    static let oxyJWTSigning = Measurement("sign.batch.ratio_to_oxyjwt", "sign.batch.oxyjwt_rate") {
        let subject = try Subject.plain.get()
        let other = try OxyJWT(subject)
        let comparison = try await Comparison {
            try Pace.measure(batch: 64) { try subject.signBatch($0) }
        } right: {
            try other.rate("sign")
        }
        return [
            Figure(
                "sign.batch.ratio_to_oxyjwt", rounds: comparison.ratios, unit: "ratio",
                bound: .atLeast(1.6, otherwise: 0.97)),
            Figure("sign.batch.oxyjwt_rate", rounds: comparison.right, unit: "/s"),
        ]
    }

    /// Verification of the same token in batches, against OxyJWT.
    static let oxyJWTVerification = Measurement("verify.batch.ratio_to_oxyjwt", "verify.batch.oxyjwt_rate") {
        let subject = try Subject.plain.get()
        let other = try OxyJWT(subject)
        let token = subject.token.rawValue
        let comparison = try await Comparison {
            try Pace.measure(batch: 64) { try subject.verifyBatch([String](repeating: token, count: $0)) }
        } right: {
            try other.rate("verify")
        }
        return [
            Figure(
                "verify.batch.ratio_to_oxyjwt", rounds: comparison.ratios, unit: "ratio",
                bound: .atLeast(2.5, otherwise: 1)),
            Figure("verify.batch.oxyjwt_rate", rounds: comparison.right, unit: "/s"),
        ]
    }
}
