@testable import StreamSigningGate

/// In its texts, `@` stands for the manifest's folder in a reference, and `^` for the same where nobody may touch it.
enum SampleMPD {
    static let folder = "/\(SampleManifest.video)/manifest/live/"

    static func read(_ text: String) throws -> (text: String, outcome: ManifestOutcome) {
        let manifest = try SampleManifest(text, .dash, origins: ["https://gate.example"])
        return (manifest.text, manifest.outcome)
    }

    static func text(_ content: String, at folder: String = folder) -> String {
        let root = #"<MPD xmlns="urn:mpeg:dash:schema:mpd:2011">"#
        let text = #"<?xml version="1.0" encoding="utf-8"?>\#n\#(root)\#(content)</MPD>\#n"#
        return text.replacing("@", with: folder).replacing("^", with: folder)
    }
}
