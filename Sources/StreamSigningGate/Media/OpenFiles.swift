import NIOCore
import NIOPosix

/// Files that were asked for lately, kept open for one event loop. A segment that many viewers fetch at once is opened once a
/// second, not once per request.
final class OpenFiles {
    private struct Entry {
        let file: OpenFile
        let opened: NIODeadline
        /// Of the folder.
        let generation: Int
    }

    private let folder: MediaFolder
    private let threads: NIOThreadPool
    private let eventLoop: any EventLoop
    private let limit: Int
    private let lifetime: TimeAmount
    private var entries: [String: Entry] = [:]

    /// - Parameters:
    ///   - limit: files to keep open.
    ///   - lifetime: how long a replaced or removed file may still be served. In a folder that was switched it is not.
    init(
        _ folder: MediaFolder, threads: NIOThreadPool, eventLoop: any EventLoop, limit: Int = 128,
        lifetime: TimeAmount = .seconds(1)
    ) {
        self.folder = folder
        self.threads = threads
        self.eventLoop = eventLoop
        self.limit = limit
        self.lifetime = lifetime
    }

    /// A file that is open already.
    func known(_ path: String) -> OpenFile? {
        guard let entry = entries[path], entry.generation == folder.generation, .now() - entry.opened < lifetime else {
            return nil
        }
        return entry.file
    }

    /// Opens a file on another thread.
    /// - Throws: ``MediaFolder/Failure``.
    func open(_ path: String) -> EventLoopFuture<OpenFile> {
        let folder = folder
        // Read first: if the folder is switched in between, the file is not kept.
        let generation = folder.generation
        return threads.runIfActive(eventLoop: eventLoop) { try folder.file(at: path) }
            .assumeIsolated().map { file in
                self.keep(file, as: path, generation)
                return file
            }.nonisolated()
    }

    /// Lets go of what is too old to be served again.
    func sweep() {
        let now = NIODeadline.now()
        entries = entries.filter { now - $0.value.opened < lifetime }
    }

    private func keep(_ file: OpenFile, as path: String, _ generation: Int) {
        if entries.count >= limit { sweep() }
        if entries.count >= limit, let first = entries.first { entries[first.key] = nil }
        entries[path] = Entry(file: file, opened: .now(), generation: generation)
    }
}
