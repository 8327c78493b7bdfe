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
    /// nil for other files.
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

    /// A text that is sent from memory, as it is in the file.
    init(
        _ file: OpenFile, _ state: FileState, _ type: MediaType, text: ByteBuffer, entityTag: String, isSettled: Bool
    ) {
        let plain = Representation(
            .text(text), size: state.size, modified: state.modified, entityTag: entityTag, type: type)
        (representation, compressed) = (plain, Self.compressed(plain))
        (hostForms, manifest) = ([:], nil)
        (self.file, self.state, self.isSettled) = (file, state, isSettled)
        looksWhole = type.looksWhole(text)
    }

    /// A manifest that is sent in place of what is in the file.
    /// - Parameters:
    ///   - found: what is in the file.
    ///   - reader: makes the forms for other hosts.
    init(_ found: MediaFile, as manifest: Manifest, entityTag: String, by reader: ManifestReader) {
        let plain = Representation(
            .text(manifest.text), size: manifest.text.readableBytes, modified: found.state.modified,
            entityTag: entityTag, type: found.representation.type, manifestOutcome: manifest.outcome)
        (representation, compressed, self.manifest) = (plain, Self.compressed(plain), manifest)
        let forms = manifest.hosts.map { ($0, HostForm(of: manifest, plain, host: $0, reader)) }
        hostForms = Dictionary(forms) { first, _ in first }
        (file, state, isSettled, looksWhole) = (found.file, found.state, found.isSettled, found.looksWhole)
    }

    private static func compressed(_ plain: Representation) -> LateForm? {
        plain.size > 256 ? LateForm { plain.compressed } : nil
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
