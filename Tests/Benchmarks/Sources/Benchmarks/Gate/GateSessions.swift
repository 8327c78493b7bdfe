internal import Foundation
internal import StreamSigning

extension Measurement {
    /// The first manifest of a playback that begins a session, signature and redirect included; and requests of the session
    /// against those of an ordinary token, on two cores that the load generator shares.
    static let gateSessions = Measurement(
        "gate.session.first_play_ms", "gate.session.ratio_to_plain", "gate.session.rate", "gate.session.plain_rate"
    ) {
        let gate = try GateSubject()
        let links = try gate.paths(500, playFor: .seconds(3600))
        for number in links.indices { try gate.putManifest(of: number) }
        let connection = try HTTPConnection(to: gate.port, as: nil)
        // The first makes the account's key.
        let session = try connection.send("GET", links[0], expecting: 302).location
        guard let session, session.hasPrefix("../../") else { throw MeasurementFailure("there was no redirect") }
        let times = try links.dropFirst().map { try connection.time("GET", $0, expecting: 302) }
        let sessions = try LoadGenerator(
            getting: "/authorize", header: ("X-Original-URI", String(session.dropFirst(5))), from: gate.port)
        let plain = try LoadGenerator(
            getting: "/authorize", header: ("X-Original-URI", try gate.paths(1)[0]), from: gate.port)
        let comparison = try await Comparison(rounds: 7) {
            try TwoCores.confine { _ in try sessions.run(seconds: 2).rate }
        } right: {
            try TwoCores.confine { _ in try plain.run(seconds: 2).rate }
        }
        try gate.service.stop()
        return [Figure("gate.session.first_play_ms", rounds: times, unit: "ms", bound: .below(3))]
            + comparison.figures(
                ratio: "gate.session.ratio_to_plain", bound: .atLeast(0.98), leftName: "gate.session.rate",
                rightName: "gate.session.plain_rate", unit: "/s")
    }
}

extension GateSubject {
    /// Writes the manifest that one of the ``paths(_:signedBy:playFor:)`` asks for.
    fileprivate func putManifest(of number: Int) throws {
        let manifest = URL(filePath: folder.path("media/\(account.id)/\(Self.video(number))/manifest/video.m3u8"))
        try FileManager.default.createDirectory(
            at: manifest.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data("#EXTM3U\n".utf8).write(to: manifest)
    }
}
