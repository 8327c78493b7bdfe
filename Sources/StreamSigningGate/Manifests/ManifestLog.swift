import Logging
import Synchronization

/// Says once of each manifest that its URLs leave the token out, and what to do.
///
/// Used on the threads that wait for the disk, never on an event loop.
final class ManifestLog: Sendable {
    private struct Paths {
        var recent: Set<String> = []
        var older: Set<String> = []
    }

    private let logger: Logger?
    private let limit: Int
    private let paths = Mutex(Paths())

    /// - Parameter limit: how many manifests are remembered at least; twice as many at most.
    init(_ logger: Logger?, limit: Int = 4096) {
        self.logger = logger
        self.limit = limit
    }

    /// - Parameters:
    ///   - path: of the manifest, below the folder of all media.
    ///   - problem: why nothing was done to it.
    func note(_ outcome: ManifestOutcome, _ problem: ManifestProblem?, of path: String, _ rewriting: ManifestRewriting)
    {
        guard let logger, let message = Self.message(outcome, rewriting), isNew(path) else { return }
        var metadata: Logger.Metadata = ["manifest": "\(path)"]
        if let problem { metadata["reason"] = "\(problem.reason)" }
        logger.warning(message, metadata: metadata)
    }

    private static func message(_ outcome: ManifestOutcome, _ rewriting: ManifestRewriting) -> Logger.Message? {
        switch (outcome, rewriting) {
        case (.notRelative, .off):
            "a manifest has URLs that are not relative, so players leave the token out of them: make them relative, or set rewrite-manifests"
        case (.notRelative, .on):
            "a manifest has URLs of this origin that cannot be made relative: they are served as they are"
        case (.notUnderstood, .on): "a manifest cannot be read: it is served as it is"
        case (.tooLong, .on): "a manifest is too long to be read: it is served as it is"
        default: nil
        }
    }

    private func isNew(_ path: String) -> Bool {
        paths.withLock { paths in
            guard !paths.recent.contains(path), !paths.older.contains(path) else { return false }
            if paths.recent.count >= limit { paths = Paths(older: paths.recent) }
            return paths.recent.insert(path).inserted
        }
    }
}
