internal import StreamSigningThreads

extension ChangeLog {
    /// A signal at once and after every `interval`, for stores that cannot tell when something has changed. It ends with the task
    /// that iterates; a closed store's followers notice when they ask it.
    public func changeSignals(every interval: Duration) -> AsyncStream<Void> {
        NodeThread.following.clock(every: interval)
    }
}
