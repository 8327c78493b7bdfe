internal import Dispatch
internal import StreamSigningPlatform
internal import Synchronization

/// Lines on their way to standard error. A separate thread writes them, so that logging never waits for the reader.
///
/// Lines wait for a slow reader up to a limit. Further lines are dropped and counted, and the count is written when the reader
/// goes on.
final class LogLines: Sendable {
    static let standardError = LogLines(descriptor: 2, limit: 1 << 20)

    private struct State {
        var pending: [UInt8] = []
        var dropped = 0
        var isWriting = false
    }

    private let state = Mutex(State())
    private let queue = DispatchQueue(label: "streamsign.log")
    private let descriptor: Int32
    private let limit: Int

    /// - Parameter limit: how many bytes may wait.
    init(descriptor: Int32, limit: Int) {
        self.descriptor = descriptor
        self.limit = limit
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

    private func writePending() {
        while let bytes = takePending() {
            // If this fails, there is nowhere left to report it.
            _ = bytes.withUnsafeBytes { BlockingIO.writeAll($0, to: descriptor) }
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
