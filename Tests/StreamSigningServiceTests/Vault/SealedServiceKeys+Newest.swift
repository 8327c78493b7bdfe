import StreamSigning

@testable import StreamSigningOperations
@testable import StreamSigningStore

extension SealedServiceKeys {
    /// The newest of the account's own keys; nil if it has none.
    func key(of account: AccountID) async throws -> SigningKey? {
        guard let newest = try await keys(of: account).last else { return nil }
        return try await open(newest)
    }
}
