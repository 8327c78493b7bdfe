import NIOCore

/// A manifest for viewers who ask a host that its URLs name: these URLs are relative too.
final class HostForm: Sendable {
    let plain: LateForm
    let compressed: LateForm

    /// - Parameter usual: the manifest as it is for everybody else.
    init(of manifest: Manifest, _ usual: Representation, host: String, _ reader: ManifestReader) {
        let plain = LateForm {
            let form = reader.read(manifest, host: host)
            // Without memory for a tag, the usual form is right too.
            guard let tag = EntityTag.of(Array(form.text.readableBytesView)) else { return usual }
            return Representation(
                .text(form.text), size: form.text.readableBytes, modified: usual.modified, entityTag: tag,
                type: usual.type, manifestOutcome: form.outcome)
        }
        self.plain = plain
        compressed = LateForm { plain.make().compressed }
    }
}
