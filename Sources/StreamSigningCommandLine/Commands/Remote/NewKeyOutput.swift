#if Client
    internal import StreamSigning
    internal import StreamSigningClient

    /// Where the material of a new key goes: to one place, and to another only if that one fails.
    struct NewKeyOutput {
        /// Nil for stdout.
        private let file: ReservedFile?

        init(_ output: OutputFileOptions) throws(CommandFailure) {
            file = try output.reserve()
        }

        func write(_ created: CreatedKey) throws(CommandFailure) {
            guard let file else { return try lastChance(created) }
            do throws(CommandFailure) {
                try file.commit(Self.line(created.material))
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

        /// Keeps an answer that nobody could read, for there may be a key in it; otherwise leaves things as they were.
        func keepUnreadAnswer(_ error: ClientError) throws(CommandFailure) {
            guard let answer = error.unreadAnswer, answer.count > 0 else {
                file?.abandon()
                return
            }
            if let file, (try? file.commit(answer)) != nil {
                StandardError.note("the answer, in which there may be a key, is in \(file.path)")
            } else {
                try print(answer)
                StandardError.note("the answer, in which there may be a key, is on standard output")
            }
        }

        /// To stdout; a user whose key is lost there too must know what to delete.
        private func lastChance(_ created: CreatedKey) throws(CommandFailure) {
            do throws(CommandFailure) {
                try print(created.material)
            } catch {
                // A reader who has gone counts as a failure too: the key is lost.
                throw .unusable(
                    "standard output",
                    "key \(created.id) was created, but its private half could be written nowhere and is lost: "
                        + "delete the key with 'streamsign remote delete \(created.id)'")
            }
        }

        private func print(_ secret: SecretBytes) throws(CommandFailure) {
            let line = Self.line(secret)
            let written = line.withUnsafeBytes { bytes in
                Result { () throws(CommandFailure) in try StandardOutput.write(bytes) }
            }
            try written.get()
        }

        private static func line(_ secret: SecretBytes) -> SecretBytes {
            SecretBytes(joining: [secret, SecretBytes(copying: [UInt8(ascii: "\n")])])
        }
    }
#endif
