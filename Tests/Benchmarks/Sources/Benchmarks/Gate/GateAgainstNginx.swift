internal import Foundation
internal import StreamSigning

extension Measurement {
    /// A segment of 64 KiB over loopback, on two cores that the load generator shares, against nginx, which asks for no token.
    static let gateSegment = Measurement("gate.segment.ratio_to_nginx", "gate.segment.rate", "gate.segment.nginx_rate")
    {
        let gate = try GateSubject()
        let path = try gate.paths(1)[0]
        let place = "/\(gate.account.id)/\(GateSubject.video.dropLast())0/manifest/video.m4s"
        let file = URL(filePath: gate.folder.path("media") + place)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        try Data((0..<65536).map { _ in UInt8.random(in: .min ... .max) }).write(to: file)
        let nginx = try LocalServer.nginx(serving: gate.folder.path("media"))
        let ours = try LoadGenerator(getting: path.replacing(".m3u8", with: ".m4s"), from: gate.port)
        let theirs = try LoadGenerator(getting: place, from: nginx.port)
        let comparison = try await Comparison(rounds: 7) {
            try TwoCores.confine { _ in try ours.run(seconds: 2).rate }
        } right: {
            try TwoCores.confine { _ in try theirs.run(seconds: 2).rate }
        }
        try gate.service.stop()
        return comparison.figures(
            ratio: "gate.segment.ratio_to_nginx", bound: .atLeast(1), leftName: "gate.segment.rate",
            rightName: "gate.segment.nginx_rate", unit: "/s")
    }
}
