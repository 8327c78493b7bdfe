#if Service
    import NIOCore
    import NIOHTTP1
    import StreamSigning

    /// Answers the requests that come in on one event loop, and is used on that loop only.
    protocol HTTPResponder: SendableMetatype {
        /// Who is at the other end of a connection.
        associatedtype Peer

        func peer(_ address: SocketAddress?) -> Peer

        /// - Parameter head: of a request of HTTP/1.x with a sound `Host`.
        func reply(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply

        /// The answer to what cannot be answered otherwise.
        func answer(to problem: HTTPProblem, from peer: Peer) -> HTTPAnswer

        /// The value of `Date`.
        var date: String { get }
    }

    /// What is said to a request's head.
    enum HTTPReply {
        case now(HTTPAnswer)
        case later(EventLoopFuture<HTTPAnswer>)
        /// It depends on the body, of which more than `limit` bytes are not read. All other bodies are read and forgotten.
        case body(limit: Int, _ then: (Result<SecretBytes, HTTPProblem>) -> HTTPReply)
    }

    /// Why a request, or its body, is none.
    enum HTTPProblem: Error {
        case notHTTP
        case headTooLarge
        /// An HTTP/1.1 request has one `Host`.
        case noHost
        case bodyTooLarge
        /// Its chunks are malformed, or the connection ends within it.
        case bodyBroken
        case bodyTooSlow
        /// There would be an answer, but it could not be made.
        case failed
    }
#endif
