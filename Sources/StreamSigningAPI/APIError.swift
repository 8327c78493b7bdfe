import NIOHTTP1
import StreamSigningOperations
import StreamSigningStore
import StreamSigningWire

/// A refusal as the API answers it: a status, and the entries of the envelope's `errors`.
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

    /// The same for an account of somebody else and for one that does not exist.
    static let notAuthorized = APIError(
        .forbidden, APIMessage(.notAuthorized, "Unauthorized to access requested resource"))

    static let keyNotFound = APIError(.notFound, APIMessage(.notFound, "Not Found"))

    static func badRequest(_ reason: String, at pointer: String? = nil) -> APIError {
        APIError(.badRequest, APIMessage(.badRequest, reason, pointer: pointer))
    }

    /// Official SDKs repeat a request that is answered with 5xx, a POST too: this is for requests that changed nothing.
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
    /// A refusal of the operations, with the status that it has in HTTP.
    init(_ error: ServiceError) {
        self =
            switch error.code {
            case .invalidRequest: .badRequest(error.reason, at: error.pointer)
            case .keyNotFound: .keyNotFound
            // SDKs take 409 for a race and repeat it, which helps nobody here: `X-Should-Retry` tells those that Stainless
            // has generated.
            case .keyExists:
                APIError(.conflict, APIMessage(.keyExists, error.reason), fields: [("X-Should-Retry", "false")])
            case .keyLimitReached: APIError(.forbidden, APIMessage(.keyLimitReached, error.reason))
            case .tooManyCreates:
                APIError(.serviceUnavailable, APIMessage(.unavailable, error.reason), fields: [("Retry-After", "5")])
            }
    }
}
