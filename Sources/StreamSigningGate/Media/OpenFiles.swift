import NIOCore
import NIOHTTP1
import NIOPosix

/// Files that were asked for lately, kept open for one event loop. A segment that many viewers fetch at once is opened once a
/// second, not once per request, and a manifest is read again only when it has changed.
///
/// Whatever is remembered of a file counts only while the system says that the file is as it was: it is asked for each answer.
final class OpenFiles {
    /// What there is to answer with.
    enum Lookup {
        case now(Representation)
        case later(EventLoopFuture<Representation>)
    }

    private struct Entry {
        let file: MediaFile
        /// When the path was last seen to lead to it.
        let found: NIODeadline
        /// Of the folder.
        let generation: Int
    }

    /// A look under way at a path.
    private struct Looking {
        /// For those who came after it had begun, for whom what it finds may be too old.
        var next: EventLoopPromise<MediaFile>?
    }

    private let reader: MediaReader
    private let threads: NIOThreadPool
    private let eventLoop: any EventLoop
    private let limit: Int
    private let memoryLimit: Int
    private var entries: [String: Entry] = [:]
    private var looking: [String: Looking] = [:]
    private var making: [ObjectIdentifier: EventLoopFuture<Representation>] = [:]
    /// After that, the path is followed again: a folder on the way to the file may have been replaced.
    private let lifetime = TimeAmount.seconds(1)

    /// - Parameters:
    ///   - limit: files to keep open.
    ///   - memoryLimit: how many bytes of manifests and subtitles to keep in memory.
    init(
        _ reader: MediaReader, threads: NIOThreadPool, eventLoop: any EventLoop, limit: Int = 128,
        memoryLimit: Int = 16 << 20
    ) {
        self.reader = reader
        self.threads = threads
        self.eventLoop = eventLoop
        self.limit = limit
        self.memoryLimit = memoryLimit
    }

    /// What to answer with, as of a moment after the question.
    /// - Parameter headers: of the request: what it says about codings is heeded.
    /// - Throws: ``MediaFolder/Failure``.
    func representation(of path: String, for headers: HTTPHeaders) -> Lookup {
        if let file = current(path) { return coded(file, headers) }
        return .later(
            look(at: path).assumeIsolated().flatMap { file in
                switch self.coded(file, headers) {
                case .now(let representation): self.eventLoop.makeSucceededFuture(representation)
                case .later(let representation): representation
                }
            }.nonisolated())
    }

    /// Whether the path leads to a regular file.
    func exists(_ path: String) -> EventLoopFuture<Bool> {
        threads.runIfActive(eventLoop: eventLoop) { [folder = reader.folder] in
            (try? folder.file(at: path)) != nil
        }
    }

    /// Lets go of what is too old to be served again.
    func sweep() {
        let now = NIODeadline.now()
        entries = entries.filter { now - $0.value.found < lifetime }
    }

    private func current(_ path: String) -> MediaFile? {
        guard let entry = entries[path], entry.generation == reader.folder.generation,
            .now() - entry.found < lifetime, entry.file.isCurrent
        else { return nil }
        return entry.file
    }

    private func keep(_ file: MediaFile, as path: String, _ generation: Int) {
        entries[path] = nil
        guard file.isSettled, file.memory <= memoryLimit else { return }
        if entries.count >= limit { sweep() }
        if entries.count >= limit, let first = entries.first { entries[first.key] = nil }
        if file.memory > 0 { makeRoom(for: file.memory) }
        entries[path] = Entry(file: file, found: .now(), generation: generation)
    }

    private func makeRoom(for bytes: Int) {
        var rest = memoryLimit - bytes - entries.values.reduce(0) { $0 + $1.file.memory }
        for (path, entry) in entries where rest < 0 && entry.file.memory > 0 {
            entries[path] = nil
            rest += entry.file.memory
        }
    }
}

// MARK: Looking

extension OpenFiles {
    /// Has the file looked at on another thread. A look that has begun is not for those who ask now: the next one is, which they
    /// share.
    private func look(at path: String) -> EventLoopFuture<MediaFile> {
        guard let current = looking[path] else { return begin(path) }
        if let next = current.next { return next.futureResult }
        let next = eventLoop.makePromise(of: MediaFile.self)
        looking[path] = Looking(next: next)
        return next.futureResult
    }

    private func begin(_ path: String) -> EventLoopFuture<MediaFile> {
        looking[path] = Looking()
        let found = eventLoop.makePromise(of: MediaFile.self)
        found.futureResult.assumeIsolated().whenComplete { _ in self.finish(path) }
        look(at: path, Patience(), found)
        return found.futureResult
    }

    private func finish(_ path: String) {
        guard let next = looking.removeValue(forKey: path)?.next else { return }
        if let file = current(path) { next.succeed(file) } else { begin(path).cascade(to: next) }
    }

    private func look(at path: String, _ patience: Patience, _ found: EventLoopPromise<MediaFile>) {
        // Read first: if the folder is switched in between, the file is not kept.
        let (reader, rested, generation) = (reader, patience.rested(), reader.folder.generation)
        threads.runIfActive(eventLoop: eventLoop) { try reader.look(at: path, rested: rested) }
            .assumeIsolated().whenComplete { result in
                var patience = patience
                switch result {
                case .success(.found(let file)):
                    self.keep(file, as: path, generation)
                    return found.succeed(file)
                case .success(.unsettled(let file, let rest, let before)):
                    patience.note(file, rest: rest, before: before)
                case .success(.torn(let before)): patience.noteTear(before: before)
                case .failure(let error):
                    self.entries[path] = nil
                    return found.fail(error)
                }
                self.lookAgain(at: path, patience, found)
            }
    }

    private func lookAgain(at path: String, _ patience: Patience, _ found: EventLoopPromise<MediaFile>) {
        guard patience.isOver() else {
            eventLoop.assumeIsolated().scheduleTask(in: Patience.interval) { self.look(at: path, patience, found) }
            return
        }
        guard let file = patience.best else { return found.fail(MediaFolder.Failure.unavailable) }
        found.succeed(file)
    }
}

// MARK: Forms

extension OpenFiles {
    /// Compressed, if it is a text and the request takes it so. Parts of a file are parts of the file as it is.
    private func coded(_ file: MediaFile, _ headers: HTTPHeaders) -> Lookup {
        let hostForm = file.hostForm(for: headers)
        guard let compressed = file.compressed, !headers.contains(name: "range"), ContentCoding.acceptsGzip(headers)
        else { return hostForm.map { made($0.plain) } ?? .now(file.representation) }
        return made(hostForm?.compressed ?? compressed)
    }

    private func made(_ form: LateForm) -> Lookup {
        if let known = form.known { return .now(known) }
        let id = ObjectIdentifier(form)
        if let coming = making[id] { return .later(coming) }
        let coming = threads.runIfActive(eventLoop: eventLoop) { form.make() }
        making[id] = coming
        coming.assumeIsolated().whenComplete { _ in self.making[id] = nil }
        return .later(coming)
    }
}
