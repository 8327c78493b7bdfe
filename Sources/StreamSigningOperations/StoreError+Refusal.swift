import StreamSigningStore

extension StoreError {
    /// What the error means to a client; the error itself if the store failed.
    /// - Parameter limit: how many keys an account may have.
    func refusal(limit: Int) -> any Error {
        switch code {
        case .keyExists:
            ServiceError(.keyExists, "this key, or a key of this id, is here already or was deleted")
        case .limitReached:
            ServiceError(.keyLimitReached, "the account has \(limit) keys, which is the limit: delete one first")
        case .notFound:
            ServiceError.keyNotFound
        default:
            self
        }
    }
}
