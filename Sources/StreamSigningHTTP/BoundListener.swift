import NIOCore
import NIOExtras
import ServiceLifecycle
import Synchronization

/// A listener that has its address.
package final class BoundListener: Service {
    /// The port that it listens on.
    package let port: Int
    private let channel: any Channel
    private let quiescing: ServerQuiescingHelper
    private let startTicking: @Sendable () -> [RepeatedTask]
    private let isStopping = Atomic<Bool>(false)

    /// - Parameter startTicking: has the responders told each second.
    init(
        _ channel: any Channel, _ quiescing: ServerQuiescingHelper,
        startTicking: @escaping @Sendable () -> [RepeatedTask]
    ) {
        port = channel.localAddress?.port ?? 0
        self.channel = channel
        self.quiescing = quiescing
        self.startTicking = startTicking
    }

    /// Accepts connections until a graceful shutdown, and then finishes the answers it has begun.
    package func run() async throws {
        try await channel.setOption(.autoRead, value: true).get()
        let ticks = startTicking()
        let stopped = channel.eventLoop.makePromise(of: Void.self)
        await withTaskCancellationOrGracefulShutdownHandler {
            try? await stopped.futureResult.get()
        } onCancelOrGracefulShutdown: { [self] in
            guard !isStopping.exchange(true, ordering: .relaxed) else { return }
            quiescing.initiateShutdown(promise: stopped)
        }
        for tick in ticks { tick.cancel() }
    }

    /// Gives the address up, for a listener that will not run.
    package func close() async {
        try? await channel.close().get()
    }
}
