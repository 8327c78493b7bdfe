internal import Foundation
internal import StreamSigning

extension Measurement {
    /// A file of tokens through `streamsign verify -`, the whole process, against OpenSSL verifying on all cores before and after
    /// it.
    static let bulkVerification = Measurement(
        "bulk.verify.ratio_to_openssl", "bulk.verify.rate", "bulk.verify.openssl_rate", "bulk.verify.peak_mib"
    ) {
        let subject = try Subject.plain.get()
        let tool = try CommandLineTool(subject)
        let (count, distinct) = (500_000, 10_000)
        let sample = try tool.tokens((0..<distinct).map { "video-\($0)" })
        let lines = sample.joined(separator: "\n") + "\n"
        let input = try tool.folder.write(lines, times: count / distinct, to: "many.tokens")
        let limit = try RawRSAOnCores(subject.key, signedPartOf: sample[0])

        var (rates, peaks): ([Double], [Double]) = ([], [])
        var limits = [try limit.verificationRate()]
        for _ in 0..<3 {
            let process = try tool.bulkVerification(count, input: input)
            rates.append(Double(count) / process.duration.inSeconds)
            peaks.append(process.peakMebibytes)
            limits.append(try limit.verificationRate())
        }
        let ratios = rates.indices.map { rates[$0] * 2 / (limits[$0] + limits[$0 + 1]) }
        return [
            Figure(
                "bulk.verify.ratio_to_openssl", rounds: ratios, unit: "ratio", bound: .atLeast(1.8, otherwise: 0.8)),
            Figure("bulk.verify.rate", rounds: rates, unit: "/s"),
            Figure("bulk.verify.openssl_rate", rounds: limits, unit: "/s"),
            Figure("bulk.verify.peak_mib", peaks.max() ?? 0, unit: "MiB", bound: .below(64)),
        ]
    }
}
