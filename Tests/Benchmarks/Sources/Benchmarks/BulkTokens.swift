internal import Foundation
internal import StreamSigning

extension Measurement {
    /// A file of video ids through `streamsign token -`, the whole process, against OpenSSL signing on all cores
    /// before and after it.
    static let bulkTokens = Measurement(
        "bulk.tokens.ratio_to_openssl", "bulk.tokens.rate", "bulk.tokens.openssl_rate", "bulk.tokens.peak_mib"
    ) {
        let subject = try Subject.plain.get()
        let tool = try CommandLineTool(subject)
        let count = 200_000
        let sample = try tool.tokens((0..<1000).map(videoID))
        let input = try tool.folder.write((0..<count).reduce(into: "") { $0 += videoID($1) + "\n" }, to: "videos.txt")
        let limit = try RawRSAOnCores(subject.key, signedPartOf: sample[0])

        var rates: [Double] = []
        var limits = [try limit.signingRate()]
        var peaks: [Double] = []
        for _ in 0..<3 {
            let process = try tool.bulkTokens(count, input: input)
            rates.append(Double(count) / process.duration.inSeconds)
            peaks.append(process.peakMebibytes)
            limits.append(try limit.signingRate())
        }
        // Memory that grew with the input would show here.
        let many = try tool.folder.write(
            (0..<2 * count).reduce(into: "") { $0 += videoID($1) + "\n" }, to: "many-videos.txt")
        peaks.append(try tool.bulkTokens(2 * count, input: many).peakMebibytes)
        let ratios = rates.indices.map { rates[$0] * 2 / (limits[$0] + limits[$0 + 1]) }
        return [
            Figure(
                "bulk.tokens.ratio_to_openssl", rounds: ratios, unit: "ratio", bound: .atLeast(1.6, otherwise: 0.95)),
            Figure("bulk.tokens.rate", rounds: rates, unit: "/s"),
            Figure("bulk.tokens.openssl_rate", rounds: limits, unit: "/s"),
            Figure("bulk.tokens.peak_mib", peaks.max() ?? 0, unit: "MiB", bound: .below(64)),
        ]
    }

    private static func videoID(_ number: Int) -> String {
        let digits = String(number, radix: 16)
        return String(repeating: "0", count: 32 - digits.utf8.count) + digits
    }
}
