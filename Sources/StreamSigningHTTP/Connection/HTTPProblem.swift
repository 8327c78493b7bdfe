package import NIOHTTP1

/// Why a request cannot be asked about, or why its body is not available.
package enum HTTPProblem: Error, CaseIterable {
    case notHTTP
    case headTooLarge
    /// An HTTP/1.1 request has one `Host`.
    case noHost
    case bodyTooLarge
    /// Its chunks are malformed, or the connection ends before it does.
    case bodyBroken
    case bodyTooSlow
    /// The request is fine, but making its answer failed.
    case failed
    /// The request is fine, but there are too many connections.
    case noPlace

    /// The status of the answer.
    package var status: HTTPResponseStatus {
        switch self {
        case .notHTTP, .noHost, .bodyBroken: .badRequest
        case .headTooLarge: .requestHeaderFieldsTooLarge
        case .bodyTooLarge: .payloadTooLarge
        case .bodyTooSlow: .requestTimeout
        case .failed, .noPlace: .serviceUnavailable
        }
    }

    /// What to tell the client.
    package func reason(bodyLimit: Int) -> String {
        switch self {
        case .notHTTP: "the request is not valid HTTP/1.1"
        case .headTooLarge: "the request's head is too large"
        case .noHost: "an HTTP/1.1 request has one Host field, with a host in it"
        case .bodyTooLarge: "the body is larger than \(bodyLimit) bytes"
        case .bodyBroken: "the body ends before it is complete, or its chunks are malformed"
        case .bodyTooSlow: "the body took too long to arrive"
        case .failed: "the request cannot be answered at the moment"
        case .noPlace: "there are too many connections at the moment"
        }
    }
}
