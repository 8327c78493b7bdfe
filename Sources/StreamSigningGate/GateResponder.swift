import NIOCore
import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningKeyRing

/// Answers the requests of one event loop: media below `/<token>/`, `/authorize` for proxies, and the files of our pages.
final class GateResponder: HTTPResponder {
    let loop: GateLoop
    let eventLoop: any EventLoop
    let viewers: ViewerSource
    let originalURIHeader: String

    init(_ configuration: GateConfiguration, viewers: ViewerSource, loop: GateLoop, eventLoop: any EventLoop) {
        self.loop = loop
        self.eventLoop = eventLoop
        self.viewers = viewers
        originalURIHeader = configuration.originalURIHeader
    }

    var date: String { loop.date }

    func everySecond() { loop.tick() }

    func peer(_ address: SocketAddress?) -> Peer { viewers.peer(address) }

    func reply(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply {
        switch head.method {
        case .GET, .HEAD: break
        case .OPTIONS: return other(.preflight)
        default: return other(.methodNotAllowed)
        }
        var uri = head.uri
        return uri.withUTF8 { bytes in
            guard let target = RequestTarget(UnsafeRawBufferPointer(bytes)) else {
                return other(.text(.badRequest, "the request's target is no path"))
            }
            if target.first.isEqual(to: "authorize"), target.rest.isEmpty {
                return .now(authorize(head, from: peer))
            }
            if target.first.isEqual(to: "healthz"), target.rest.isEmpty { return other(.text(.ok, "ok")) }
            if target.first.isEqual(to: "-") { return asset(target.rest) }
            return media(target, head, from: peer)
        }
    }

    func answer(to problem: HTTPProblem, from peer: Peer) -> HTTPAnswer {
        guard problem != .failed else { return .unavailable }
        // What a body has to do with it, a client that plays does not know.
        return counted(.text(problem.status, problem.reason(bodyLimit: 0)))
    }

    /// Decides about what a target names, for whoever `head` comes from.
    func decide(
        _ target: RequestTarget, _ headers: HTTPHeaders, from peer: Peer, at now: NumericDate
    ) -> Result<Admission, Denial> {
        let viewer = viewers.viewer(peer, headers)
        let request = PlaybackRequest(
            video: nil, pathBytes: target.rest, address: viewer.address, country: viewer.country)
        let result = Result { () throws(Denial) in
            guard !target.first.isStreamID else { throw Denial.bareVideoID }
            return try loop.keeper.decide(target.first, for: request, at: now, freshness: loop.ring.freshness)
        }
        switch result {
        case .success: loop.metrics.count(.allowed)
        case .failure(let denial): loop.metrics.count(.denied(denial.code))
        }
        return result
    }

    func other(_ answer: HTTPAnswer) -> HTTPReply { .now(counted(answer)) }

    private func counted(_ answer: HTTPAnswer) -> HTTPAnswer {
        loop.metrics.count(.other)
        return answer
    }
}
