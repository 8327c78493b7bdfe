internal import StreamSigningClient
internal import StreamSigningCommandLine

extension Blocking {
    /// As ``run(_:)``, for work that asks a server.
    /// - Parameters:
    ///   - subject: what is asked for, if it is not obvious.
    ///   - absence: what the service doesn't have if it answers "not found".
    /// - Throws: ``CommandFailure`` in place of ``ClientError``; what else the work throws.
    static func call<Value: Sendable>(
        about subject: String? = nil, orTell absence: Absence? = nil,
        _ body: @escaping @Sendable () async throws -> Value
    ) throws -> Value {
        do {
            return try run(body)
        } catch let error as ClientError {
            throw CommandFailure(error, about: subject, orTell: absence)
        }
    }
}
