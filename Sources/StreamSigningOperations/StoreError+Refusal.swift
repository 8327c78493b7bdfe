import StreamSigning
import StreamSigningStore

extension StoreError {
    /// What the error means to a client; the error itself if the store failed.
    /// - Parameter quota: how many keys an account may have.
    func refusal(_ quota: KeyQuota) -> any Error {
        switch code {
        case .keyExists:
            // The same for every holder of the id, deleted or not: it tells nothing about other accounts.
            ServiceError(
                .keyExists, "the account has or had this key, or the key's id cannot be used: give another id")
        case .limitReached:
            ServiceError(
                .keyLimitReached, "the account has \(quota.keys.counting("key")), which is the limit: delete one first")
        case .deletedLimitReached:
            ServiceError(
                .deletedKeyLimitReached,
                """
                the account has deleted \(quota.deletedKeys.counting("key")), which is the limit: only the operator can raise it
                """
            )
        case .notFound:
            ServiceError.keyNotFound
        default:
            self
        }
    }
}
