import StreamSigningStore

extension StoreError {
    /// What it is to the one who asked; the error itself where all there is to say is that the store failed.
    /// - Parameter limit: how many keys an account may have.
    package func refusal(limit: Int) -> any Error {
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
