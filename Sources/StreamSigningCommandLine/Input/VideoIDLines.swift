internal import Dispatch
internal import StreamSigning
internal import StreamSigningPlatform

/// The video ids on standard input, one per line, read as they come.
///
/// An actor with its own queue: a read that waits must not block one of the few threads that sign.
actor VideoIDLines {
    private static let batchCount = 64
    /// No id is nearly as long.
    private static let longestLine = 4096

    private let queue = ReadingQueue()
    private var buffer: ArraySlice<UInt8> = []
    private var hasEnded = false
    private var line = 0
    private var failure: CommandFailure?

    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }

    /// The next few ids. It waits for the first, and not for more.
    /// - Returns: nil at the end.
    /// - Throws: ``CommandFailure`` naming the line that is not an id, after all ids before it have been returned.
    func next() throws(CommandFailure) -> [VideoID]? {
        var batch: [VideoID] = []
        while failure == nil, batch.count < Self.batchCount {
            do throws(CommandFailure) {
                guard let text = try nextLine(mayWait: batch.isEmpty) else { break }
                batch.append(try read(text))
            } catch {
                failure = error
            }
        }
        if batch.isEmpty, let failure { throw failure }
        return batch.isEmpty ? nil : batch
    }

    private func read(_ text: ArraySlice<UInt8>) throws(CommandFailure) -> VideoID {
        line += 1
        let text = String(decoding: text.last == UInt8(ascii: "\r") ? text.dropLast() : text, as: UTF8.self)
        guard !text.isEmpty else { throw failure(text, "blank, where a video id is expected") }
        do {
            return try VideoID(text)
        } catch {
            throw failure(text, error.reason)
        }
    }

    private func failure(_ text: String, _ reason: String) -> CommandFailure {
        let shown = text.isEmpty ? "" : " '\(text.prefix(64))\(text.count > 64 ? "…" : "")'"
        return .unusable("standard input, line \(line)\(shown)", reason)
    }

    /// A line without its end; nil at the end of the input, or if it may not wait and would have to.
    private func nextLine(mayWait: Bool) throws(CommandFailure) -> ArraySlice<UInt8>? {
        var searched = buffer.startIndex
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { buffer = buffer[(end + 1)...] }
                return buffer[..<end]
            }
            if hasEnded || buffer.count > Self.longestLine {
                defer { buffer = [] }
                return buffer.isEmpty ? nil : buffer
            }
            guard mayWait else { return nil }
            // Once a result could not be written, the rest of standard input is not needed, and may never come.
            while !StandardStreams.isReadable(STDIN_FILENO, within: .milliseconds(100)) {
                if Task.isCancelled { return nil }
            }
            let rest = buffer.count
            let chunk = try FileContents.readChunk(STDIN_FILENO, name: "standard input", capacity: 64 * 1024)
            hasEnded = chunk.isEmpty
            buffer = rest == 0 ? chunk[...] : (buffer + chunk)[...]
            searched = buffer.startIndex + rest
        }
    }
}

/// Runs an actor's work on one thread that may wait.
private final class ReadingQueue: SerialExecutor {
    private let queue = DispatchQueue(label: "streamsign.standard-input")

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
