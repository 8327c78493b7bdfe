internal import Foundation

extension Measurement {
    /// A playlist of a mebibyte whose URLs are not relative, rewritten and compressed, against the same served as it is, on two
    /// cores that the load generator shares. And how long the first answer takes, for which all that is done.
    static let gateManifests = Measurement(
        "gate.manifest.rewrite_ratio", "gate.manifest.rewrite_rate", "gate.manifest.plain_rate",
        "gate.manifest.first_ms", "gate.manifest.plain_first_ms"
    ) {
        let (rewriting, plain) = (try GateSubject(options: "--rewrite-manifests", "on"), try GateSubject())
        let gzip = (name: "Accept-Encoding", value: "gzip")
        let (rewritten, asItIs) = (try Manifests(of: rewriting), try Manifests(of: plain))
        let ours = try LoadGenerator(getting: rewritten.path(0), header: gzip, from: rewriting.port)
        let theirs = try LoadGenerator(getting: asItIs.path(0), from: plain.port)
        let comparison = try await Comparison(rounds: 7) {
            try TwoCores.confine { _ in try ours.run(seconds: 2).rate }
        } right: {
            try TwoCores.confine { _ in try theirs.run(seconds: 2).rate }
        }
        let (first, plainFirst) = (
            try rewritten.timeFirsts(fields: ["Accept-Encoding: gzip"]), try asItIs.timeFirsts(fields: [])
        )
        try rewriting.service.stop()
        try plain.service.stop()
        return comparison.figures(
            ratio: "gate.manifest.rewrite_ratio", bound: .atLeast(0.15), leftName: "gate.manifest.rewrite_rate",
            rightName: "gate.manifest.plain_rate", unit: "/s") + [
                Figure("gate.manifest.first_ms", rounds: first, unit: "ms"),
                Figure("gate.manifest.plain_first_ms", rounds: plainFirst, unit: "ms"),
            ]
    }
}

/// Playlists of a mebibyte, each of other segments.
private struct Manifests {
    private static let count = 30

    private let token: Substring
    private let port: UInt16

    init(of gate: GateSubject) throws {
        token = try gate.paths(1)[0].dropFirst().prefix { $0 != "/" }
        port = gate.port
        let folder = gate.folder.path("media/\(gate.account.id)/\(GateSubject.video(0))/manifest")
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        for number in 0..<Self.count {
            var text = "#EXTM3U\n"
            var segment = number * 100_000
            while text.utf8.count < 1 << 20 {
                text += "#EXTINF:4.00000,\n/\(GateSubject.video(0))/manifest/segment-\(segment).m4s\n"
                segment += 1
            }
            try Data(text.utf8).write(to: URL(filePath: "\(folder)/\(number).m3u8"))
        }
    }

    func path(_ number: Int) -> String { "/\(token)/manifest/\(number).m3u8" }

    /// - Returns: how many milliseconds the first answer about each took, but for the one that was asked for before.
    func timeFirsts(fields: [String]) throws -> [Double] {
        let connection = try HTTPConnection(to: port, as: nil)
        let clock = ContinuousClock()
        return try (1..<Self.count).map { number in
            let start = clock.now
            let answer = try connection.exchange("GET", path(number), fields: fields)
            guard answer.status == 200 else {
                throw MeasurementFailure("a manifest was answered with \(answer.status)")
            }
            return (clock.now - start).inSeconds * 1000
        }
    }
}
