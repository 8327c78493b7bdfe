package import Logging
import ServiceLifecycle
import StreamSigningThreads

/// Follows the media's folder to wherever its path leads: operators switch a link to publish, and mount volumes.
package struct MediaFollower: Service {
    private let folder: MediaFolder
    private let interval: Duration
    private let logger: Logger

    /// - Parameter interval: between two looks; what was switched is served a moment after it.
    package init(_ folder: MediaFolder, interval: Duration = .milliseconds(250), logger: Logger) {
        self.folder = folder
        self.interval = interval
        self.logger = logger
    }

    /// Follows until the task is cancelled or the service shuts down.
    package func run() async throws {
        await withTaskExecutorPreference(NodeThread.following) {
            await cancelWhenGracefulShutdown {
                for await _ in NodeThread.following.clock(every: interval) { await refresh() }
            }
        }
    }

    private func refresh() async {
        switch await withTaskExecutorPreference(WorkThreads.files, operation: { [folder] in folder.refresh() }) {
        case nil: break
        case .followed:
            logger.notice("the media folder is another one now, and followed", metadata: ["folder": "\(folder.path)"])
        case .lost(let reason):
            logger.error(
                "the media folder is gone: this node is not ready",
                metadata: ["folder": "\(folder.path)", "error": "\(reason)"])
        }
    }
}
