/// Does, on a thread that answers nobody, what takes longer than others should wait.
package func offEventLoop<Value: Sendable>(_ body: @Sendable () async throws -> Value) async rethrows -> Value {
    try await withTaskExecutorPreference(globalConcurrentExecutor, operation: body)
}
