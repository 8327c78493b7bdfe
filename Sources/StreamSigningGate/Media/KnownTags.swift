import Synchronization

/// Entity tags of files that were opened lately, so that opening one again does not read it again.
///
/// Used on the threads that wait for the disk, never on an event loop.
final class KnownTags: Sendable {
    private struct Tags {
        var recent: [FileState: String] = [:]
        var older: [FileState: String] = [:]
    }

    private let tags = Mutex(Tags())
    private let limit: Int

    /// - Parameter limit: how many are kept at least; twice as many at most.
    init(limit: Int = 8192) {
        self.limit = limit
    }

    subscript(state: FileState) -> String? {
        tags.withLock { $0.recent[state] ?? $0.older[state] }
    }

    /// - Parameter state: a settled one.
    func keep(_ tag: String, of state: FileState) {
        tags.withLock { tags in
            if tags.recent.count >= limit { tags = Tags(older: tags.recent) }
            tags.recent[state] = tag
        }
    }
}
