import NIOCore

/// A manifest as it is served, and what is known of its references.
struct Manifest: Sendable {
    /// Made of the same bytes, it is the same for every viewer: nothing in it depends on the token.
    let text: ByteBuffer
    let outcome: ManifestOutcome
    /// Why some of its URLs, or all, are as they were, for the log.
    let problem: ManifestProblem?
    /// The hosts of URLs that lead to the video if the host turns out to be this gate.
    let hosts: [String]
    /// What was asked about the video's folder.
    let names: VideoNames
    let place: ManifestPlace
    let format: ManifestFormat

    /// Whether the video's folder is as it was, as far as that matters.
    func isCurrent(in folder: MediaFolder) -> Bool {
        names.hold { folder.contains("\(place.videoFolder)/\($0)") }
    }
}

/// Finds the references in manifests, and turns them into relative ones if the setting says so. Takes a while.
struct ManifestReader: Sendable {
    let rewriting: ManifestRewriting

    /// - Parameters:
    ///   - text: not empty, and all of it.
    ///   - place: where it is.
    ///   - look: whether the video's folder has a file or folder of a name.
    func read(
        _ text: ByteBuffer, _ format: ManifestFormat, at place: ManifestPlace, look: (String) -> Bool
    ) -> Manifest {
        withoutActuallyEscaping(look) { look in
            read(text, format, at: place, OwnHosts(ownHosts, takesOthers: true), VideoNames(), look)
        }
    }

    /// The same manifest for a viewer who asks a host that its URLs name.
    func read(_ manifest: Manifest, host: String) -> Manifest {
        read(
            manifest.text, manifest.format, at: manifest.place,
            OwnHosts(ownHosts + [host], takesOthers: false), manifest.names, nil)
    }

    private var ownHosts: [String] {
        switch rewriting {
        case .off: []
        case .on(let origins): origins.map { OwnHosts.host(of: $0) }
        }
    }

    private func read(
        _ text: ByteBuffer, _ format: ManifestFormat, at place: ManifestPlace, _ hosts: OwnHosts,
        _ names: VideoNames, _ look: ((String) -> Bool)?
    ) -> Manifest {
        func manifest(
            _ text: ByteBuffer, _ outcome: ManifestOutcome, _ problem: ManifestProblem? = nil, hosts: [String] = [],
            names: VideoNames = VideoNames()
        ) -> Manifest {
            Manifest(
                text: text, outcome: outcome, problem: problem, hosts: hosts, names: names, place: place,
                format: format)
        }
        return text.withUnsafeReadableBytes { bytes in
            var rewriter = ReferenceRewriter(bytes, at: place, hosts: hosts, names: names, look: look)
            do throws(ManifestProblem) {
                try Self.checkCharacters(bytes)
                try format.rewrite(with: &rewriter)
                guard !rewriter.isTooLong else { throw ManifestProblem.tooLong }
            } catch {
                return manifest(text, .notUnderstood, error)
            }
            let (left, hosts, names) = (rewriter.leftCount > 0, rewriter.hosts.others, rewriter.names)
            let rewritten = rewriter.finish()
            guard rewriting != .off else {
                let isRelative = rewritten == nil && !left && hosts.isEmpty
                return manifest(text, isRelative ? .relative : .notRelative)
            }
            let outcome: ManifestOutcome =
                left || !hosts.isEmpty ? .notRelative : rewritten == nil ? .relative : .rewritten
            return manifest(
                rewritten ?? text, outcome, left ? .someLeft : nil, hosts: hosts, names: names)
        }
    }

    private static func checkCharacters(_ bytes: UnsafeRawBufferPointer) throws(ManifestProblem) {
        guard !bytes.contains(0) else { throw ManifestProblem("it holds a NUL") }
        guard bytes.allSatisfy({ $0 < 0x80 }) || String(validating: bytes, as: UTF8.self) != nil else {
            throw ManifestProblem("it is not UTF-8")
        }
    }
}
