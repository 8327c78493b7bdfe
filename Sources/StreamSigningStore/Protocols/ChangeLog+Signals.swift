extension ChangeLog {
    /// A signal at once and after every `interval`, for stores that cannot tell when something has changed. It ends with the task
    /// that iterates; a closed store's followers notice when they ask it.
    public func changeSignals(every interval: Duration) -> AsyncStream<Void> {
        .clock(every: interval)
    }
}

extension AsyncStream<Void> {
    /// An element at once and after every `interval`; signals that nobody takes are not kept.
    package static func clock(every interval: Duration) -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let clock = Task {
                repeat { continuation.yield() } while (try? await Task.sleep(for: interval)) != nil
                continuation.finish()
            }
            continuation.onTermination = { _ in clock.cancel() }
        }
    }
}
