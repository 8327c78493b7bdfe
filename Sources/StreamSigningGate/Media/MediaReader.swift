import NIOCore

/// Looks at files, on threads that may wait for the disk.
struct MediaReader: Sendable {
    /// What a look at a file finds.
    enum Look: Sendable {
        /// A moment of the file, from which an answer can be made.
        case found(MediaFile)
        /// A text that somebody may be in the middle of writing: to be believed once it has stayed as it is for so long. `before`:
        /// what it was when nobody was.
        case unsettled(MediaFile, rest: Duration, before: MediaFile?)
        /// It was written to while it was read.
        case torn(before: MediaFile?)
    }

    /// A longer text is sent from the disk, and not compressed.
    static let longestText = 4 << 20

    let folder: MediaFolder
    private let manifests: ManifestReader
    private let log: ManifestLog
    private let tags = KnownTags()
    private let texts = KnownTexts()

    /// - Parameters:
    ///   - rewriting: what becomes of URLs in manifests that are not relative.
    ///   - log: hears of them.
    init(_ folder: MediaFolder, rewriting: ManifestRewriting, log: ManifestLog) {
        self.folder = folder
        self.log = log
        manifests = ManifestReader(rewriting: rewriting)
    }

    /// - Parameters:
    ///   - path: below the folder.
    ///   - rested: a state that the file has been in for long enough, if it still is.
    func look(at path: String, rested: FileState?) throws(MediaFolder.Failure) -> Look {
        // Before the file is asked for its state: how long ago it was changed must not seem longer than it is.
        let now = FileTime.now()
        let type = MediaType(path)
        do throws(MediaFolder.Failure) {
            let file = try folder.file(at: path)
            guard let state = file.state() else { throw .unavailable }
            guard type.isText, state.size <= Self.longestText else {
                if type.isManifest { log.note(.tooLong, .tooLong, of: path, manifests.rewriting) }
                return .found(try media(file, state, type, at: now))
            }
            return try text(file, state, type, at: path, now, rested: rested)
        } catch {
            if type.isText { texts.forget(path) }
            throw error
        }
    }

    /// A manifest or subtitles: read as a whole, so that what is sent is one content and not halves of two.
    private func text(
        _ file: OpenFile, _ state: FileState, _ type: MediaType, at path: String, _ now: FileTime, rested: FileState?
    ) throws(MediaFolder.Failure) -> Look {
        let before = texts[path]
        if let before, before.state == state, before.manifest?.isCurrent(in: folder) ?? true { return .found(before) }
        guard let text = file.read(0..<state.size), file.state() == state else { return .torn(before: before) }
        let manifest = manifest(text, type, at: path)
        guard let tag = EntityTag.of(Array((manifest?.text ?? text).readableBytesView)) else { throw .unavailable }
        // Some writers end their texts without a line break, every time.
        let isUsual = before.map { !$0.looksWhole && $0.state.size > 0 && state.size > 0 } ?? false
        let rest: Duration = isUsual || type.looksWhole(text) ? state.grain : .seconds(1)
        let found = MediaFile(
            file, state, type, text: text, manifest: manifest, reader: manifests, entityTag: tag,
            isSettled: state == rested || state.isSettled(at: now, after: rest))
        guard found.isSettled else { return .unsettled(found, rest: rest, before: before) }
        texts.keep(found, as: path)
        return .found(found)
    }

    private func manifest(_ text: ByteBuffer, _ type: MediaType, at path: String) -> Manifest? {
        guard let format = type.manifestFormat, let place = ManifestPlace(path) else { return nil }
        let manifest = manifests.read(text, format, at: place) { folder.contains("\(place.videoFolder)/\($0)") }
        log.note(manifest.outcome, manifest.problem, of: path, manifests.rewriting)
        return manifest
    }

    /// A file that is sent from the disk. It may grow: then it is sent as it is now.
    private func media(
        _ file: OpenFile, _ opened: FileState, _ type: MediaType, at now: FileTime
    ) throws(MediaFolder.Failure) -> MediaFile {
        var state = opened
        for _ in 0..<4 {
            guard let tag = tags[state] ?? FileTag.of(file, state) else {
                // It has become shorter, or the disk fails.
                guard let shorter = file.state() else { throw .unavailable }
                state = shorter
                continue
            }
            let isSettled = state.isSettled(at: now) && file.state() == state
            if isSettled { tags.keep(tag, of: state) }
            return MediaFile(file, state, type, entityTag: tag, isSettled: isSettled)
        }
        throw .unavailable
    }
}
