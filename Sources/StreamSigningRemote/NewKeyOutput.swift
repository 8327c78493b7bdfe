internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine
internal import StreamSigningFiles

/// Writes the material of a new key to one place, and to another only if that fails.
struct NewKeyOutput {
    /// Nil for stdout.
    private let file: ReservedFile?

    init(_ output: OutputFileOptions) throws(CommandFailure) {
        file = try output.reserve()
    }

    func write(_ created: CreatedKey) throws(CommandFailure) {
        guard let file else { return try lastChance(created) }
        do throws(CommandFailure) {
            try OutputFileOptions.commit(created.material.line, to: file)
        } catch {
            try lastChance(created)
            var failure = error
            failure.notes = [
                "key \(created.id) was created all the same: its private half is on standard output, and nowhere else"
            ]
            throw failure
        }
        StandardError.print("wrote key \(created.id) to \(file.path), which only you may read: keep it secret")
        StandardError.print("next: streamsign token VIDEO --key \(file.path)")
    }

    /// As ``Blocking/call(about:_:)``, for work that makes a key.
    func call<Value: Sendable>(_ body: @escaping @Sendable () async throws -> Value) throws -> Value {
        do {
            return try Blocking.run(body)
        } catch let error as ClientError {
            try keepUnreadAnswer(error)
            throw CommandFailure(error)
        }
    }

    /// Keeps an answer that could not be read, because it may hold a key. Otherwise removes the file.
    private func keepUnreadAnswer(_ error: ClientError) throws(CommandFailure) {
        guard let answer = error.unreadAnswer, answer.count > 0 else {
            file?.abandon()
            return
        }
        if let file, (try? OutputFileOptions.commit(answer, to: file)) != nil {
            StandardError.note("the answer, in which there may be a key, is in \(file.path)")
        } else {
            try StandardOutput.print(answer)
            StandardError.note("the answer, in which there may be a key, is on standard output")
        }
    }

    /// Writes to stdout. If that fails too, the user must know which key to delete.
    private func lastChance(_ created: CreatedKey) throws(CommandFailure) {
        do throws(CommandFailure) {
            try StandardOutput.print(created.material)
        } catch {
            // Even if only the reader has gone: the key is lost.
            throw .unusable(
                "standard output",
                "key \(created.id) was created, but its private half could be written nowhere and is lost: "
                    + "delete the key with 'streamsign remote delete \(created.id)'")
        }
    }
}
