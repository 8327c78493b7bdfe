/// Does a piece of work once for all tasks that ask for it at the same time.
package actor SingleFlight<Key: Hashable & Sendable, Value: Sendable> {
    private let executor: any TaskExecutor
    private var flights: [Key: Task<Value, any Error>] = [:]

    /// - Parameter executor: where the work runs, instead of on the threads of the first caller.
    package init(on executor: any TaskExecutor) {
        self.executor = executor
    }

    /// What `body` returns or throws, from whichever of the tasks asked for `key` first.
    package func run(_ key: Key, _ body: @escaping @Sendable () async throws -> Value) async throws -> Value {
        if let flight = flights[key] { return try await flight.value }
        let flight = Task(executorPreference: executor) { try await body() }
        flights[key] = flight
        defer { flights[key] = nil }
        return try await flight.value
    }
}
