/// Why an operation was refused, in terms of keys and requests: the API alone makes a status of it.
package struct ServiceError: Error, Sendable, Hashable {
    /// What kind of refusal it is.
    package enum Code: Sendable, Hashable, CaseIterable {
        /// A value of the request cannot be used; ``ServiceError/pointer`` says which.
        case invalidRequest
        /// The account has no such key.
        case keyNotFound
        /// The key, or its id, was taken before, perhaps by a key that is deleted.
        case keyExists
        /// The account has as many keys as it may.
        case keyLimitReached
        /// More keys are asked for at the moment than can be made.
        case tooManyCreates
    }

    package let code: Code
    /// One line for people.
    package let reason: String
    /// The member of the request that is meant, as a JSON Pointer (RFC 6901).
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
