extension KeyStore {
    /// A signal at once and every half second, for stores that cannot tell when something has changed. It ends with the task
    /// that iterates; a closed store's followers notice when they ask it.
    public func changeSignals() -> AsyncStream<Void> {
        AsyncStream(bufferingPolicy: .bufferingNewest(1)) { continuation in
            let clock = Task {
                repeat { continuation.yield() } while (try? await Task.sleep(for: .milliseconds(500))) != nil
                continuation.finish()
            }
            continuation.onTermination = { _ in clock.cancel() }
        }
    }
}
