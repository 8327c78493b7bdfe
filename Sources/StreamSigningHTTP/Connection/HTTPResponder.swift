package import NIOCore
package import NIOHTTP1
package import StreamSigning

/// Answers the requests that arrive on one event loop, and is used on that loop only.
package protocol HTTPResponder: AnyObject, SendableMetatype {
    /// - Parameter head: of an HTTP/1.x request with a valid `Host`.
    func reply(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply

    /// The answer where no request can be asked about.
    func answer(to problem: HTTPProblem, from peer: Peer) -> HTTPAnswer

    /// The value of `Date`.
    var date: String { get }

    /// Called once a second; does nothing by default.
    func everySecond()
}

extension HTTPResponder {
    package func everySecond() {}

    /// Whether a request only asks how the service is. Probes are answered even where there is no place for other connections, and so
    /// are the metrics: they say what has taken the places.
    func isProbe(_ head: HTTPRequestHead) -> Bool {
        switch head.method {
        case .GET, .HEAD: ["/healthz", "/readyz", "/metrics"].contains(head.uri.prefix { $0 != "?" })
        default: false
        }
    }
}

/// What a responder says once it has read a request's head.
package enum HTTPReply {
    case now(HTTPAnswer)
    /// `adding`: fields of the answer that are known already.
    case later(EventLoopFuture<HTTPAnswer>, adding: FieldLines? = nil)
    /// The answer depends on the body, which may have up to `limit` bytes. All other bodies are read and dropped.
    case body(limit: Int, _ then: (Result<SecretBytes, HTTPProblem>) -> HTTPReply)
}
