import NIOCore
import NIOHTTP1

/// A file of a video that was looked at.
final class MediaFile: Sendable {
    /// What an answer says and sends of it.
    let representation: Representation
    /// The same, compressed; nil if it is not worth it.
    let compressed: LateForm?
    /// Other forms of a manifest, for viewers who ask a host that its URLs name.
    private let hostForms: [String: HostForm]
    /// nil for what is no manifest.
    let manifest: Manifest?
    /// The file as it was then.
    let state: FileState
    /// Whether it still is the representation's while its state is the same.
    let isSettled: Bool
    /// Whether it ends as its writer leaves it, as far as that can be seen.
    let looksWhole: Bool
    /// Kept open, to ask for its state.
    private let file: OpenFile

    /// A file that is sent from the disk.
    init(_ file: OpenFile, _ state: FileState, _ type: MediaType, entityTag: String, isSettled: Bool) {
        representation = Representation(
            .file(file), size: state.size, modified: state.modified, entityTag: entityTag, type: type,
            manifestOutcome: type.isManifest ? .tooLong : nil)
        (compressed, hostForms, manifest) = (nil, [:], nil)
        (self.file, self.state, self.isSettled, looksWhole) = (file, state, isSettled, true)
    }

    /// A text that is sent from memory.
    /// - Parameters:
    ///   - text: as it is in the file.
    ///   - manifest: what is sent in its place.
    ///   - reader: makes other forms of a manifest.
    init(
        _ file: OpenFile, _ state: FileState, _ type: MediaType, text: ByteBuffer, manifest: Manifest? = nil,
        reader: ManifestReader? = nil, entityTag: String, isSettled: Bool
    ) {
        let sent = manifest?.text ?? text
        let plain = Representation(
            .text(sent), size: sent.readableBytes, modified: state.modified, entityTag: entityTag, type: type,
            manifestOutcome: manifest?.outcome)
        representation = plain
        compressed = sent.readableBytes > 256 ? LateForm { plain.compressed } : nil
        (self.file, self.state, self.isSettled) = (file, state, isSettled)
        looksWhole = type.looksWhole(text)
        self.manifest = manifest
        var forms: [String: HostForm] = [:]
        if let manifest, let reader {
            for host in manifest.hosts { forms[host] = HostForm(of: manifest, plain, host: host, reader) }
        }
        hostForms = forms
    }

    /// The form of a manifest that is for the host that a request names; nil for the usual one.
    func hostForm(for headers: HTTPHeaders) -> HostForm? {
        guard !hostForms.isEmpty else { return nil }
        return headers.first(name: "host").flatMap { hostForms[$0.lowercased()] }
    }

    /// Whether it is as it was, and still has its name. Asks the system, which knows that of an open file.
    var isCurrent: Bool { isSettled && state.hasName && file.state() == state }

    /// How many bytes it takes in memory, or may.
    var memory: Int {
        if case .text(let text) = representation.content { text.readableBytes * (1 + hostForms.count) } else { 0 }
    }
}
