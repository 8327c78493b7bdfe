/// Why an operation was refused, in terms of keys, revocations and requests. Only the API knows the HTTP status that goes with it.
package struct ServiceError: Error, Sendable, Hashable {
    /// What kind of refusal it is.
    package enum Code: Sendable, Hashable, CaseIterable {
        /// A value of the request cannot be used; ``ServiceError/pointer`` says which.
        case invalidRequest
        /// The account has no such key.
        case keyNotFound
        /// The key or its id is in use, or was used by a key that is deleted.
        case keyExists
        /// The account has as many keys as it may have.
        case keyLimitReached
        /// The account has deleted as many keys as it may have deleted.
        case deletedKeyLimitReached
        /// The key that the service signs with for the account is disabled.
        case keyDisabled
        /// The key is not deleted, because it was used too recently.
        case keyInUse
        /// The account has no such revocation in force.
        case revocationNotFound
        /// The account has as many revocations as it may have.
        case revocationLimitReached
        /// Clients ask for more keys at the moment than can be made.
        case tooManyCreates
        /// The account has as much work waiting as it may have.
        case tooMuchAtOnce
        /// All accounts together have as much work waiting as there is room for.
        case overloaded
    }

    package let code: Code
    /// One line for people.
    package let reason: String
    /// The member of the request at fault, as a JSON Pointer (RFC 6901).
    package let pointer: String?

    package init(_ code: Code, _ reason: String, at pointer: String? = nil) {
        self.code = code
        self.reason = reason
        self.pointer = pointer
    }

    static func invalidRequest(_ reason: String, at pointer: String? = nil) -> ServiceError {
        ServiceError(.invalidRequest, reason, at: pointer)
    }

    static let keyNotFound = ServiceError(.keyNotFound, "Not Found")
    static let keyDisabled = ServiceError(
        .keyDisabled,
        "the service's own key for this account is disabled or has expired: enable it, or delete it to get another")
    static let revocationNotFound = ServiceError(.revocationNotFound, "Not Found")
    static let tooMuchAtOnce = ServiceError(
        .tooMuchAtOnce, "the account asks for more work at once than it may: wait for the answers, then try again")
    package static let overloaded = ServiceError(
        .overloaded, "there is more work waiting at the moment than can be done: try again")
    static let tooManyCreates = ServiceError(
        .tooManyCreates, "more keys are asked for at the moment than can be made: try again")
}
