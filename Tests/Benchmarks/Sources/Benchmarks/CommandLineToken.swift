internal import StreamSigning

extension Measurement {
    /// One token by `streamsign token`, against `openssl dgst -sign` of as much text with the same key: the wall time of
    /// the whole process, its files in the page cache.
    static let commandLineToken = Measurement(
        "cli.token.ratio_to_openssl_dgst", "cli.token.duration", "cli.token.openssl_dgst_duration"
    ) {
        let subject = try Subject.plain.get()
        let tool = try CommandLineTool(subject)
        let video = subject.claims.video.rawValue
        _ = try tool.tokens([video])
        let keyPath = try tool.folder.write(subject.key.pem(.pkcs1).reveal(), to: "key.pem")
        let textPath = try tool.folder.write(String(decoding: subject.signedText, as: UTF8.self), to: "text")
        let milliseconds = { (process: ChildProcess) in process.duration.inSeconds * 1000 }

        let comparison = try await Comparison(rounds: 60) {
            milliseconds(try tool.token(video))
        } right: {
            milliseconds(try ChildProcess(running: "openssl", ["dgst", "-sha256", "-sign", keyPath, textPath]))
        }
        return comparison.figures(
            ratio: "cli.token.ratio_to_openssl_dgst", bound: .atMost(1.3), leftName: "cli.token.duration",
            rightName: "cli.token.openssl_dgst_duration", unit: "ms")
    }
}
