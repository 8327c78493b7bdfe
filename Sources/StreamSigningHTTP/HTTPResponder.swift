package import NIOCore
package import NIOHTTP1
package import StreamSigning

/// Answers the requests that come in on one event loop, and is used on that loop only.
package protocol HTTPResponder: SendableMetatype {
    /// Who is at the other end of a connection.
    associatedtype Peer

    func peer(_ address: SocketAddress?) -> Peer

    /// - Parameter head: of a request of HTTP/1.x with a sound `Host`.
    func reply(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply

    /// The answer to what cannot be answered otherwise.
    func answer(to problem: HTTPProblem, from peer: Peer) -> HTTPAnswer

    /// The value of `Date`.
    var date: String { get }

    /// What is to be done once a second; nothing by default.
    func everySecond()
}

extension HTTPResponder {
    package func everySecond() {}
}

/// What is said to a request's head.
package enum HTTPReply {
    case now(HTTPAnswer)
    case later(EventLoopFuture<HTTPAnswer>)
    /// It depends on the body, of which more than `limit` bytes are not read. All other bodies are read and forgotten.
    case body(limit: Int, _ then: (Result<SecretBytes, HTTPProblem>) -> HTTPReply)
}
