package import Logging
package import NIOSSL
import ServiceLifecycle
package import StreamSigning
package import StreamSigningHTTP
import StreamSigningPlatform
import StreamSigningThreads
import Synchronization

/// Reads a certificate and its key again whenever their files are replaced, as tools that renew certificates do.
///
/// New connections use the new pair; those that are open keep theirs. A pair that cannot be used changes nothing, and the log says so.
package final class CertificateFollower: Service {
    /// The files that a pair is read from, as of some time.
    private struct Files: Equatable {
        let certificate: FileVersion?
        let key: FileVersion?

        init(_ files: ServiceConfiguration.TLS) {
            certificate = FileVersion(files.certificateFile)
            key = FileVersion(files.keyFile)
        }
    }

    private struct State {
        var pair: CertificatePair
        /// The files that were last read, usable or not.
        var read: Files
        /// The files at the last look.
        var seen: Files
        var warned: NumericDate
    }

    private let files: ServiceConfiguration.TLS
    private let interval: Duration
    private let logger: Logger
    private let now: @Sendable () -> NumericDate
    private let state: Mutex<State>

    /// - Parameter interval: between two looks at the files.
    /// - Throws: ``ServiceFailure`` that names the file at fault.
    package init(
        _ files: ServiceConfiguration.TLS, interval: Duration = .seconds(1), logger: Logger,
        now: @escaping @Sendable () -> NumericDate
    ) throws(ServiceFailure) {
        self.files = files
        self.interval = interval
        self.logger = logger
        self.now = now
        let found = Files(files)
        let (pair, time) = (try CertificatePair(files), now())
        state = Mutex(State(pair: pair, read: found, seen: found, warned: time))
        warn(pair, at: time)
    }

    /// What a new connection uses.
    package var context: NIOSSLContext {
        state.withLock { $0.pair.context }
    }

    /// Gives each new connection what it uses.
    var contexts: @Sendable () -> NIOSSLContext {
        { [self] in context }
    }

    /// Follows until the task is cancelled or the service shuts down.
    package func run() async throws {
        await withTaskExecutorPreference(NodeThread.following) {
            await cancelWhenGracefulShutdown { [self] in
                for await _ in NodeThread.following.clock(every: interval) {
                    await withTaskExecutorPreference(WorkThreads.files) { look() }
                }
            }
        }
    }

    /// Reads both files now, whether they have changed or not.
    package func reload() async {
        await withTaskExecutorPreference(WorkThreads.files) { read(Files(files)) }
    }

    /// Reads the files if they have changed, and have not since the last look: of two files that belong together, one is replaced
    /// first. Blocks while they are read.
    func look() {
        let (found, time) = (Files(files), now())
        let (isNew, isDue) = state.withLock { state in
            defer { state.seen = found }
            return (state.read != found && state.seen == found, time >= state.warned + .seconds(86_400))
        }
        if isNew { read(found) } else if isDue { warnAgain(at: time) }
    }

    private func read(_ found: Files) {
        let time = now()
        do throws(ServiceFailure) {
            let pair = try CertificatePair(files)
            state.withLock { state in
                (state.pair, state.read, state.seen, state.warned) = (pair, found, found, time)
            }
            logger.notice("certificate is read", metadata: ["file": "\(files.certificateFile)"])
            warn(pair, at: time)
        } catch {
            state.withLock { $0.read = found }
            logger.error(
                "certificate cannot be read, and stays what it was",
                metadata: ["file": "\(error.subject)", "error": "\(error.reason)"])
        }
    }

    private func warnAgain(at time: NumericDate) {
        let pair = state.withLock { state in
            state.warned = time
            return state.pair
        }
        warn(pair, at: time)
    }

    private func warn(_ pair: CertificatePair, at time: NumericDate) {
        for problem in pair.problems(at: time) {
            logger.warning("\(problem)", metadata: ["file": "\(files.certificateFile)"])
        }
    }
}
