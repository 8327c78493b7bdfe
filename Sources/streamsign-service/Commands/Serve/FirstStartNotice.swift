internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService
internal import Synchronization

/// What a first start has to say, once: the credential that it made is kept nowhere.
final class FirstStartNotice: Sendable {
    private let credential: Mutex<NewCredential?>

    /// - Parameter credential: nil if this is no first start.
    init(_ credential: NewCredential?) {
        self.credential = Mutex(credential)
    }

    /// - Parameter url: where the API is.
    func print(_ url: String) {
        let credential = credential.withLock { credential in
            defer { credential = nil }
            return credential
        }
        guard let credential else { return }
        let account = credential.stored.account
        StandardError.print("made account \(account) and a write credential, which is not shown again:")
        StandardError.print("    export STREAMSIGN_API_URL=\(url) STREAMSIGN_ACCOUNT=\(account)")
        StandardError.print("    export STREAMSIGN_API_TOKEN=\(credential.secret.reveal())")
        StandardError.print("create a key with: streamsign remote create --out key.json")
    }
}
