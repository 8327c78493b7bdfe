import NIOCore
import Testing

@testable import StreamSigningGate

/// What the gate makes of a manifest, without a gate.
struct SampleManifest {
    static let video = RunningGate.video
    static let path = "acct/\(video)/manifest/live/video.m3u8"

    let text: String
    let outcome: ManifestOutcome
    let hosts: [String]
    let problem: String?

    /// - Parameters:
    ///   - origins: this gate's.
    ///   - host: what a request names, if the manifest has URLs of that host.
    ///   - names: what the video's folder has.
    init(
        _ text: String, _ format: ManifestFormat, at path: String = path, origins: [String] = [], host: String? = nil,
        names: Set<String> = ["manifest", "seg.ts", "a b"]
    ) throws {
        let place = try #require(ManifestPlace(path))
        let reader = ManifestReader(rewriting: .on(origins: origins.compactMap { WebOrigin($0) }))
        var manifest = reader.read(ByteBuffer(string: text), format, at: place) { names.contains($0) }
        if let host, manifest.hosts.contains(host) { manifest = reader.read(manifest, host: host) }
        self.text = String(buffer: manifest.text)
        (outcome, hosts, problem) = (manifest.outcome, manifest.hosts, manifest.problem?.reason)
    }

    /// What becomes of a line of a playlist.
    static func line(
        _ line: String, origins: [String] = [], host: String? = nil
    ) throws -> (line: String, outcome: ManifestOutcome) {
        let manifest = try Self("#EXTM3U\n\(line)\n#EXT-X-ENDLIST\n", .hls, origins: origins, host: host)
        let text = try #require(manifest.text.wholeMatch(of: /#EXTM3U\n(?<line>[^\n]*)\n#EXT-X-ENDLIST\n/))
        return (String(text.line), manifest.outcome)
    }
}
