import StreamSigningTesting
import Testing

@testable import StreamSigningGate

/// Manifests with random mistakes in them, the same on every run.
@Suite("Manifests with mistakes")
struct MutatedManifestTests {
    private static let playlist = """
        #EXTM3U
        #EXT-X-KEY:METHOD=AES-128,URI="/manifest/key.bin",IV=0x01
        #EXT-X-MAP:URI="https://gate.example/acct/\(SampleManifest.video)/manifest/live/init.mp4"
        #EXTINF:2,
        /\(SampleManifest.video)/manifest/live/seg%20$1.ts?a=1&b#c
        //gate.example/seg.ts

        """
    private static let mpd = """
        <?xml version="1.0" encoding="utf-8"?>
        <MPD xmlns="urn:mpeg:dash:schema:mpd:2011"><BaseURL>/manifest/live/x/</BaseURL><Period><BaseURL>../y/</BaseURL>
        <AdaptationSet><SegmentTemplate media='/manifest/$Number%05d$.m4s?a=1&amp;b' index="//gate.example/seg.ts"/>
        <!-- / --><Representation/></AdaptationSet></Period><Location>https://gate.example/manifest/video.mpd</Location></MPD>

        """

    @Test(
        "are rewritten to something that is not rewritten again, or not at all", arguments: [ManifestFormat.hls, .dash])
    func mutated(_ format: ManifestFormat) throws {
        let original = Array((format == .hls ? Self.playlist : Self.mpd).utf8)
        let bytes = Array("/.\\:?#%\"'<>&;$@ {}!-x\n\r\t\0".utf8)
        var random = SplitMix(state: 7)
        var rewritten = 0
        for _ in 0..<3000 {
            var text = original
            for _ in 0..<Int.random(in: 0...3, using: &random) {
                let index = Int.random(in: 0..<text.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: text.remove(at: index)
                case 1: text[index] = bytes.randomElement(using: &random) ?? 0
                case 2: text.insert(bytes.randomElement(using: &random) ?? 0, at: index)
                default: text.removeSubrange(index..<min(index + 9, text.count))
                }
            }
            let source = String(decoding: text, as: UTF8.self)
            let once = try SampleManifest(source, format, origins: ["https://gate.example"])
            let twice = try SampleManifest(once.text, format, origins: ["https://gate.example"])
            #expect(twice.text == once.text, "\(source)")
            #expect(
                (once.outcome == .relative || once.outcome == .notUnderstood) == (once.text == source)
                    || once.outcome == .notRelative)
            if once.outcome == .rewritten {
                rewritten += 1
                #expect(twice.outcome == .relative, "\(source)")
            }
        }
        #expect(rewritten > 500)
    }
}

/// SplitMix64.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
