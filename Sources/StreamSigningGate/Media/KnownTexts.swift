import Synchronization

/// Manifests and subtitles as they were when nobody was writing them: what is served while somebody is.
///
/// Used on the threads that wait for the disk, never on an event loop.
final class KnownTexts: Sendable {
    private struct Texts {
        var recent: [String: MediaFile] = [:]
        /// Those that were not asked for since `recent` was last full. They go when it is full again.
        var older: [String: MediaFile] = [:]
        /// What `recent` takes.
        var bytes = 0
    }

    private let texts = Mutex(Texts())
    private let limit: Int

    /// - Parameter limit: roughly how many bytes they may take.
    init(limit: Int = 64 << 20) {
        self.limit = limit
    }

    /// What was last kept of a path.
    subscript(path: String) -> MediaFile? {
        texts.withLock { texts in
            if let file = texts.recent[path] { return file }
            guard let file = texts.older[path] else { return nil }
            keep(file, as: path, &texts)
            return file
        }
    }

    func keep(_ file: MediaFile, as path: String) {
        texts.withLock { keep(file, as: path, &$0) }
    }

    func forget(_ path: String) {
        texts.withLock { texts in
            texts.older[path] = nil
            texts.bytes -= texts.recent.removeValue(forKey: path).map(cost) ?? 0
        }
    }

    private func keep(_ file: MediaFile, as path: String, _ texts: inout Texts) {
        texts.older[path] = nil
        texts.bytes += cost(file) - (texts.recent.updateValue(file, forKey: path).map(cost) ?? 0)
        if texts.bytes > limit / 2 { texts = Texts(older: texts.recent) }
    }

    /// Its bytes, its compressed form and what holds them.
    private func cost(_ file: MediaFile) -> Int { file.memory + file.memory / 4 + 1024 }
}
