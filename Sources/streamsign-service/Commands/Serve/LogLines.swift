internal import Dispatch
internal import StreamSigningCommandLine
internal import StreamSigningPlatform
internal import Synchronization

/// Log lines on their way to standard error or a file. A separate thread writes them, so that logging never waits for the reader.
///
/// Lines wait for a slow reader up to a limit. Further lines are dropped and counted, and the count is written when the reader
/// goes on.
final class LogLines: Sendable {
    private struct State {
        var pending: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "streamsign.log")
    private let path: String?
    /// Changed on the queue alone.
    private let descriptor: Atomic<Int32>
    private let limit: Int

    /// - Parameters:
    ///   - file: where the lines are appended; nil for standard error.
    ///   - limit: how many bytes may wait.
    /// - Throws: ``CommandFailure`` if the file cannot be written.
    init(file: OptionValue?, limit: Int = 1 << 20) throws(CommandFailure) {
        path = file?.text
        self.limit = limit
        guard let file else {
            descriptor = Atomic(STDERR_FILENO)
            return
        }
        let opened = Self.descriptor(of: file.text)
        guard opened >= 0 else { throw file.unusable(SystemError.text(errno)) }
        descriptor = Atomic(opened)
    }

    deinit {
        if path != nil { close(descriptor.load(ordering: .relaxed)) }
    }

    /// - Parameter line: including its newline.
    func append(_ line: [UInt8]) {
        let isFirst = state.withLock { state in
            if state.pending.count + line.count <= limit { state.pending += line } else { state.dropped += 1 }
            defer { state.isWriting = true }
            return !state.isWriting
        }
        if isFirst { queue.async { [self] in writePending() } }
    }

    /// Waits until everything is written, but not for a reader that has stopped.
    func flush() {
        let written = DispatchSemaphore(value: 0)
        queue.async { written.signal() }
        _ = written.wait(timeout: .now() + .seconds(1))
    }

    /// Opens the file again, which somebody may have renamed. What is logged afterwards is in the file of that name.
    /// - Returns: what went wrong; the lines then go where they went before.
    func reopen() async -> String? {
        guard let path else { return nil }
        return await withCheckedContinuation { continuation in
            queue.async { [self] in
                let opened = Self.descriptor(of: path)
                guard opened >= 0 else { return continuation.resume(returning: SystemError.text(errno)) }
                close(descriptor.exchange(opened, ordering: .relaxed))
                continuation.resume(returning: nil)
            }
        }
    }

    /// - Returns: below 0 if the file cannot be written.
    private static func descriptor(of path: String) -> Int32 {
        open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0o640)
    }

    private func writePending() {
        while let bytes = takePending() {
            // If this fails, there is nowhere left to report it.
            _ = bytes.withUnsafeBytes { BlockingIO.writeAll($0, to: descriptor.load(ordering: .relaxed)) }
        }
    }

    private func takePending() -> [UInt8]? {
        state.withLock { state in
            guard !state.pending.isEmpty || state.dropped > 0 else {
                state.isWriting = false
                return nil
            }
            defer { (state.pending, state.dropped) = ([], 0) }
            guard state.dropped > 0 else { return state.pending }
            return state.pending + "streamsign: \(state.dropped) lines were not logged: nobody read them\n".utf8
        }
    }
}
