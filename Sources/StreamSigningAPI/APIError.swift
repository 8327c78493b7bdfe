import NIOHTTP1
import StreamSigningOperations
import StreamSigningWire

/// A refusal as the API sends it: a status, and the entries of the envelope's `errors`.
struct APIError: Error, Sendable {
    let status: HTTPResponseStatus
    let errors: [APIMessage]
    let fields: [(name: StaticString, value: String)]

    init(
        _ status: HTTPResponseStatus, _ errors: APIMessage..., fields: [(name: StaticString, value: String)] = []
    ) {
        self.status = status
        self.errors = errors
        self.fields = fields
    }

    static func noRoute(_ path: Substring) -> APIError {
        let shown = path.prefix(128)
        return APIError(
            .notFound,
            APIMessage(
                .couldNotRoute, "Could not route to \(shown), perhaps your object identifier is invalid?"),
            APIMessage(.noRoute, "No route for the URI"))
    }

    static let unauthenticated = APIError(
        .unauthorized, APIMessage(.authenticationError, "Authentication error"),
        fields: [("WWW-Authenticate", "Bearer")])

    /// The same for somebody else's account and for one that does not exist.
    static let notAuthorized = APIError(
        .forbidden, APIMessage(.notAuthorized, "Unauthorized to access requested resource"))

    static let notFound = APIError(.notFound, APIMessage(.notFound, "Not Found"))

    static func badRequest(_ reason: String, at pointer: String? = nil) -> APIError {
        APIError(.badRequest, APIMessage(.badRequest, reason, pointer: pointer))
    }

    /// Only for requests that changed nothing: official SDKs repeat what is answered with 5xx, even a POST.
    static let unavailable = APIError(
        .serviceUnavailable, APIMessage(.unavailable, "the key store cannot be reached at the moment"),
        fields: [("Retry-After", "1")])
}

extension APIError {
    init(_ problem: WireProblem) {
        self = .badRequest(problem.reason, at: problem.pointer)
    }
}

extension APIError {
    /// A refusal by the operations, with its HTTP status.
    init(_ error: ServiceError) {
        self =
            switch error.code {
            case .invalidRequest: .badRequest(error.reason, at: error.pointer)
            case .keyNotFound, .revocationNotFound: .notFound
            // SDKs take 409 for a race and try again, which cannot help here. `X-Should-Retry` stops those that Stainless
            // generates.
            case .keyExists:
                APIError(.conflict, APIMessage(.keyExists, error.reason), fields: [("X-Should-Retry", "false")])
            case .keyLimitReached, .deletedKeyLimitReached:
                APIError(.forbidden, APIMessage(.keyLimitReached, error.reason))
            // As above: if it is tried again, then not at once.
            case .keyInUse:
                APIError(.conflict, APIMessage(.keyInUse, error.reason), fields: [("X-Should-Retry", "false")])
            // As above: trying again does not enable the key.
            case .keyDisabled:
                APIError(.conflict, APIMessage(.keyDisabled, error.reason), fields: [("X-Should-Retry", "false")])
            case .revocationLimitReached: APIError(.forbidden, APIMessage(.revocationLimitReached, error.reason))
            case .tooManyCreates:
                APIError(.serviceUnavailable, APIMessage(.unavailable, error.reason), fields: [("Retry-After", "5")])
            case .tooMuchAtOnce:
                APIError(.tooManyRequests, APIMessage(.rateLimited, error.reason), fields: [("Retry-After", "1")])
            case .overloaded:
                APIError(.serviceUnavailable, APIMessage(.unavailable, error.reason), fields: [("Retry-After", "1")])
            }
    }
}
