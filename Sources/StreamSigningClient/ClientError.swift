public import StreamSigning
public import StreamSigningWire

/// Why a request to the API did not do what it was to do.
///
/// Equal by ``code`` alone, so that a test can compare without the wording. It holds no credential and no key, but for
/// ``unreadAnswer``, which no description shows.
public struct ClientError: Error, Sendable {
    /// What kind of problem it is; more may be added.
    public struct Code: RawRepresentable, Hashable, Sendable {
        /// The stable text.
        public let rawValue: String

        /// Any text; the codes in use are the static members.
        public init(rawValue: String) {
            self.rawValue = rawValue
        }

        /// The service could not be reached, or the connection broke.
        public static let connection = Code(rawValue: "connection")
        /// The service did not answer in time.
        public static let timeout = Code(rawValue: "timeout")
        /// No trusted, encrypted connection could be made.
        public static let tls = Code(rawValue: "tls")
        /// The service refused, or failed: ``ClientError/status`` and ``ClientError/errors`` say why.
        public static let api = Code(rawValue: "api")
        /// The answer is not what the API answers.
        public static let malformedAnswer = Code(rawValue: "malformed_answer")
        /// The answer is larger than any that is expected.
        public static let tooLarge = Code(rawValue: "too_large")
        /// The service does not do what was asked of it, though it says that it did.
        public static let unsupported = Code(rawValue: "unsupported")
        /// A value that cannot be sent: an account, a base URL, a credential, an id.
        public static let invalidArgument = Code(rawValue: "invalid_argument")
        /// The task was cancelled; whether the service had acted by then is not known.
        public static let cancelled = Code(rawValue: "cancelled")
    }

    /// What kind of problem it is.
    public let code: Code
    /// One line for a person.
    public let reason: String
    /// The status of the answer, if there was one.
    public internal(set) var status: Int?
    /// What the service says against the request.
    public internal(set) var errors: [APIMessage] = []
    /// What it says besides: Stream puts some of its reasons here.
    public internal(set) var messages: [APIMessage] = []
    /// The service's name for the request (`X-Request-Id`, or Cloudflare's `CF-Ray`), to be quoted to its operator.
    public internal(set) var requestID: String?
    /// How long the service asks to wait before the next request (`Retry-After`).
    public internal(set) var retryAfter: Duration?
    /// Scheme, host and port of the service, if it gave no whole answer.
    public internal(set) var address: String?
    /// Which argument of a client cannot be used.
    package internal(set) var argument: Argument?
    /// How many times the request was sent, or tried to.
    public internal(set) var attempts = 1
    /// The answer to a create that could not be read. It may hold a key that exists nowhere else: keep it.
    public internal(set) var unreadAnswer: SecretBytes?

    /// What a client is made with.
    package enum Argument: Sendable {
        case baseURL, account
    }

    init(_ code: Code, _ reason: String, argument: Argument? = nil) {
        self.code = code
        self.reason = reason
        self.argument = argument
    }

    /// Whether the service gave this as one of its reasons.
    public func hasErrorCode(_ code: APICode) -> Bool {
        errors.contains { $0.code == code.rawValue }
    }
}

extension ClientError: Equatable {
    /// Whether the codes are the same.
    public static func == (left: ClientError, right: ClientError) -> Bool {
        left.code == right.code
    }
}

extension ClientError: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    /// The code and the reason on one line, with what helps to find the request:
    /// `api: 10003: not found (status 404, request 8f2a…)`.
    public var description: String {
        var details: [String] = []
        if let address { details.append(address) }
        if let status { details.append("status \(status)") }
        if attempts > 1 { details.append("\(attempts) attempts") }
        if let retryAfter { details.append("asks to wait \(retryAfter.components.seconds) s") }
        if let requestID { details.append("request \(requestID)") }
        return "\(code.rawValue): \(reason)" + (details.isEmpty ? "" : " (\(details.joined(separator: ", ")))")
    }

    /// As ``description``.
    public var debugDescription: String { description }
    /// Code and reason.
    public var customMirror: Mirror { Mirror(self, children: ["code": code.rawValue, "reason": reason]) }
}
