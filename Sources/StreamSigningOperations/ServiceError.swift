/// Why an operation was refused, in terms of keys and requests. Only the API knows the HTTP status that goes with it.
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
        /// Clients ask for more keys at the moment than can be made.
        case tooManyCreates
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
    static let tooManyCreates = ServiceError(
        .tooManyCreates, "more keys are asked for at the moment than can be made: try again")
}
