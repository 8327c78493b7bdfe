#if Service
    import NIOHTTP1
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

        static func bodyTooLarge(limit: Int) -> APIError {
            APIError(
                .payloadTooLarge, APIMessage(.bodyTooLarge, "the body is larger than \(limit) bytes"))
        }

        static let bodyBroken = APIError(
            .badRequest, APIMessage(.badRequest, "the body ends before it is complete, or its chunks are malformed"))

        static let bodyTooSlow = APIError(
            .requestTimeout, APIMessage(.requestTimeout, "the body took too long to arrive"))

        static let headTooLarge = APIError(
            .requestHeaderFieldsTooLarge, APIMessage(.headersTooLarge, "the request's head is too large"))

        static let notHTTP = APIError(
            .badRequest, APIMessage(.badRequest, "the request is not valid HTTP/1.1"))

        static let noHost = APIError(
            .badRequest, APIMessage(.badRequest, "an HTTP/1.1 request has one Host field, with a host in it"))

        /// Official SDKs repeat a request that is answered with 5xx, a POST too: this is for requests that changed nothing.
        static let unavailable = APIError(
            .serviceUnavailable, APIMessage(.unavailable, "the key store cannot be reached at the moment"),
            fields: [("Retry-After", "1")])

        static let tooManyCreates = APIError(
            .serviceUnavailable,
            APIMessage(.unavailable, "more keys are asked for at the moment than can be made: try again"),
            fields: [("Retry-After", "5")])
    }

    extension APIError {
        init(_ problem: WireProblem) {
            self = .badRequest(problem.reason, at: problem.pointer)
        }
    }

    extension StoreError {
        /// What it is to a client of the API; the error itself where a client learns no more than that the store failed.
        /// - Parameter limit: how many keys an account may have.
        func refusal(limit: Int) -> any Error {
            switch code {
            case .keyExists:
                // SDKs take 409 for a race and repeat it, which helps nobody here: `X-Should-Retry` tells those that Stainless
                // has generated.
                APIError(
                    .conflict, APIMessage(.keyExists, "this key, or a key of this id, is here already or was deleted"),
                    fields: [("X-Should-Retry", "false")])
            case .limitReached:
                APIError(
                    .forbidden,
                    APIMessage(.keyLimitReached, "the account has \(limit) keys, which is the limit: delete one first"))
            case .notFound:
                APIError.keyNotFound
            default:
                self
            }
        }
    }
#endif
