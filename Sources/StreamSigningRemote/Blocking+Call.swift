internal import StreamSigningClient
internal import StreamSigningCommandLine

extension Blocking {
    /// As ``run(_:)``, for work that asks a server.
    /// - Parameter subject: what is asked for, if it is not obvious.
    /// - Throws: ``CommandFailure`` in place of ``ClientError``; what else the work throws.
    static func call<Value: Sendable>(
        about subject: String? = nil, _ body: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        do {
            return try run(body)
        } catch let error as ClientError {
            throw CommandFailure(error, about: subject)
        }
    }
}
