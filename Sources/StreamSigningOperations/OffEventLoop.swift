/// Runs slow work on a thread that answers no requests, so that other requests do not wait for it.
package func offEventLoop<Value: Sendable>(_ body: @Sendable () async throws -> Value) async rethrows -> Value {
    try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
}
