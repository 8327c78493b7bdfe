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

    private let logger: Logger
    private let hasTokensInPaths: Bool
    private let limit: Int
    private let paths = Mutex(Paths())

    /// - Parameters:
    ///   - hasTokensInPaths: whether players have to carry the token on in paths. Cookies go along with every URL.
    ///   - limit: how many manifests are remembered at least; twice as many at most.
    init(_ logger: Logger, hasTokensInPaths: Bool = true, limit: Int = 4096) {
        self.logger = logger
        self.hasTokensInPaths = hasTokensInPaths
        self.limit = limit
    }

    /// - Parameters:
    ///   - path: of the manifest, below the folder of all media.
    ///   - problem: why it is not rewritten, or not as a whole.
    func note(_ outcome: ManifestOutcome, _ problem: ManifestProblem?, of path: String, _ rewriting: ManifestRewriting)
    {
        guard let message = message(outcome, problem, rewriting), isNew(path) else { return }
        var metadata: Logger.Metadata = ["manifest": "\(path)"]
        if let problem { metadata["reason"] = "\(problem.reason)" }
        logger.warning(message, metadata: metadata)
    }

    private func message(
        _ outcome: ManifestOutcome, _ problem: ManifestProblem?, _ rewriting: ManifestRewriting
    ) -> Logger.Message? {
        switch (outcome, rewriting) {
        case (.notRelative, .off) where hasTokensInPaths:
            """
            a manifest has URLs that are not relative, so players leave the token out of them: make them relative, \
            or set rewrite-manifests
            """
        // Hosts may be this gate's, as requests will tell.
        case (.notRelative, .on) where problem != nil: "a manifest is not rewritten as a whole"
        case (.notUnderstood, .on), (.tooLong, .on): "a manifest cannot be rewritten"
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
