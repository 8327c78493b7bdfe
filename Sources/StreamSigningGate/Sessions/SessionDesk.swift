import Logging
import NIOCore
import StreamSigning
import StreamSigningStore
import StreamSigningThreads
import Synchronization

/// Begins sessions for all event loops of a gate. Failures are counted, and logged once for each reason.
final class SessionDesk: Sendable {
    private let maker: any SessionMaker
    private let metrics: GateMetrics
    private let failures: Mutex<RepeatedFailureLog>

    init(_ maker: any SessionMaker, metrics: GateMetrics, logger: Logger) {
        self.maker = maker
        self.metrics = metrics
        failures = Mutex(
            RepeatedFailureLog("sessions cannot be begun", recovery: "sessions are begun again", logger))
    }

    /// The token of a session that begins with another token, or why there is none.
    func begin(with text: String, on eventLoop: any EventLoop) -> EventLoopFuture<Result<PlaybackToken, Denial>> {
        let promise = eventLoop.makePromise(of: Result<PlaybackToken, Denial>.self)
        Task(executorPreference: WorkThreads.answers) { promise.succeed(await self.begin(with: text)) }
        return promise.futureResult
    }

    private func begin(with text: String) async -> Result<PlaybackToken, Denial> {
        do {
            let token = try await maker.begin(with: text)
            metrics.countSession(isMade: true)
            failures.withLock { $0.noteSuccess() }
            return .success(token)
        } catch let denial as Denial {
            return .failure(denial)
        } catch {
            metrics.countSession(isMade: false)
            failures.withLock { $0.note(StoreError(.unavailable, "\(error)")) }
            return .failure(.sessionUnavailable)
        }
    }
}

extension Denial {
    /// The viewer may try again: the token is good.
    static let sessionUnavailable = Denial(
        .sessionUnavailable, "the token is good, and no session can be made for it at the moment: try again")
}
