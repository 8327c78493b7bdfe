extension Result where Failure == any Error {
    /// As the standard library's initializer, for work that suspends.
    package init(catching body: () async throws -> Success) async {
        do {
            self = .success(try await body())
        } catch {
            self = .failure(error)
        }
    }
}
