internal import Logging
internal import StreamSigningPlatform
internal import Synchronization
internal import UnixSignals

/// What the operator tells the process by signals, from the beginning of its start.
///
/// | Signal | While it starts | While it runs |
/// |---|---|---|
/// | `TERM`, `INT` | ends it | finishes what was accepted, and ends |
/// | `HUP` | | reads files again that may have been replaced, and reopens the log |
/// | `USR1`, `USR2` | | |
///
/// None of them ends the process in the system's way. The first process of a container has none: a stop that comes before
/// there is a handler waits for it (``FirstProcess``).
final class ServiceSignals: Sendable {
    private struct Running: Sendable {
        let stop: @Sendable () async -> Void
        let reload: @Sendable () async -> Void
    }

    private let running = Mutex<Running?>(nil)
    private let lines: LogLines
    private let logger: Logger

    private init(_ lines: LogLines, _ logger: Logger) {
        self.lines = lines
        self.logger = logger
    }

    /// Takes the signals over.
    /// - Parameter lines: the log, which is written to its end before the process ends.
    static func trap(_ lines: LogLines, _ logger: Logger) async -> ServiceSignals {
        let received = await UnixSignalsSequence(trapping: .sigterm, .sigint, .sighup, .sigusr1, .sigusr2)
        let signals = ServiceSignals(lines, logger)
        Task.detached {
            for await signal in received { await signals.handle(signal) }
        }
        return signals
    }

    /// From now on the service handles the signals.
    func hand(stop: @escaping @Sendable () async -> Void, reload: @escaping @Sendable () async -> Void) {
        running.withLock { $0 = Running(stop: stop, reload: reload) }
    }

    private func handle(_ signal: UnixSignal) async {
        let running = running.withLock { $0 }
        switch signal {
        case .sigterm, .sigint:
            guard let running else {
                logger.notice("stopped while starting", metadata: ["signal": "\(signal)"])
                lines.flush()
                // Not `exit`: the start goes on beside it, and needs what the libraries would take down.
                _exit(0)
            }
            await running.stop()
        case .sighup:
            logger.notice("reading again what may have been replaced", metadata: ["signal": "\(signal)"])
            // Beside it: reading may take its time, and a stop must not wait for it.
            Task { [lines, logger] in
                if let problem = await lines.reopen() {
                    logger.error(
                        "the log cannot be opened again, and stays where it was", metadata: ["error": "\(problem)"])
                }
                await running?.reload()
            }
        default:
            logger.notice("this signal has no meaning here", metadata: ["signal": "\(signal)"])
        }
    }
}
