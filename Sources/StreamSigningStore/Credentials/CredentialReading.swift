/// The credentials that are not revoked, and what is wrong with those that cannot be read.
public struct CredentialReading: Sendable {
    /// Those that can be read, in the order they were added.
    public let credentials: [StoredCredential]
    /// A line for each that cannot, with its id. It is good for nothing.
    public let problems: [String]

    package init(_ credentials: [StoredCredential], problems: [String] = []) {
        self.credentials = credentials
        self.problems = problems
    }
}

extension CredentialStore {
    /// All credentials that are not revoked, in the order they were added.
    /// - Throws: ``StoreError``: `corrupt` if one cannot be read.
    public func credentials() async throws(StoreError) -> [StoredCredential] {
        let reading = try await readCredentials()
        if let first = reading.problems.first { throw StoreError(.corrupt, first) }
        return reading.credentials
    }
}
