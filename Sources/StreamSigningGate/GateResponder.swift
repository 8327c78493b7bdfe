import NIOCore
import NIOHTTP1
import StreamSigning
import StreamSigningHTTP

/// Answers the requests of one event loop: media below `/<token>/`, `/authorize` for proxies, and the files of our pages.
/// Nothing in it needs a lock.
final class GateResponder: HTTPResponder {
    let keeper: Gatekeeper
    /// nil for a gate that only answers proxies.
    let files: OpenFiles?
    let metrics: GateMetrics
    let eventLoop: any EventLoop
    let originalURIHeader: String
    let finder: TokenFinder
    let held: HeldRequests
    /// nil where several tokens take as long together as one by one.
    let newTokens: NewTokens?
    let sessions: SessionDesk
    private let crossOrigin: CrossOriginPolicy
    let viewers: ViewerSource
    private let clock: @Sendable () -> NumericDate
    private let dateField = HTTPDateField()
    private var reported = (hits: 0, misses: 0, entries: 0)

    init(
        _ configuration: GateConfiguration, viewers: ViewerSource, keeper: Gatekeeper, files: OpenFiles?,
        sessions: SessionDesk, metrics: GateMetrics, eventLoop: any EventLoop,
        now: @escaping @Sendable () -> NumericDate
    ) {
        self.keeper = keeper
        self.sessions = sessions
        self.files = files
        self.metrics = metrics
        self.eventLoop = eventLoop
        self.viewers = viewers
        originalURIHeader = configuration.originalURIHeader
        finder = TokenFinder(configuration.tokenSources)
        crossOrigin = CrossOriginPolicy(configuration.allowedOrigins)
        held = HeldRequests(grace: configuration.staleGrace, eventLoop: eventLoop) { keeper.areKeysStale }
        clock = now
        newTokens = MultiBufferRSA.isInUse ? NewTokens(keeper, eventLoop: eventLoop, now: now) : nil
    }

    var now: NumericDate { clock() }

    var date: String { dateField.text(at: now) }

    func everySecond() {
        keeper.cache.sweep(2048, at: now)
        files?.sweep()
        metrics.countCache(
            hits: keeper.hits - reported.hits, misses: keeper.misses - reported.misses,
            entries: keeper.cache.count - reported.entries)
        reported = (keeper.hits, keeper.misses, keeper.cache.count)
    }

    func reply(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply {
        switch replyToAnybody(to: head, from: peer) {
        case .now(var answer):
            answer.add(crossOrigin.fields(for: head.headers))
            return .now(answer)
        case .later(let answer, _): return .later(answer, adding: crossOrigin.fields(for: head.headers))
        case .body(let limit, let then): return .body(limit: limit, then)
        }
    }

    /// The reply without the fields that say which pages may read it.
    private func replyToAnybody(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply {
        var uri = head.uri
        return uri.withUTF8 { bytes in
            let target = RequestTarget(UnsafeRawBufferPointer(bytes))
            if let target, target.first.isEqual(to: "authorize") { return authorize(target, head, from: peer) }
            if let target, target.first.isEqual(to: "admission") { return admission(target, head, from: peer) }
            switch head.method {
            case .GET, .HEAD: break
            case .OPTIONS: return other(CrossOriginPolicy.preflight)
            default: return other(.methodNotAllowed)
            }
            guard let target else { return other(.text(.badRequest, "the request's target has no path")) }
            if target.first.isEqual(to: "healthz"), target.rest.isEmpty { return other(.text(.ok, "ok")) }
            if target.first.isEqual(to: "-") { return asset(target.rest) }
            return media(target, head, from: peer)
        }
    }

    func answer(to problem: HTTPProblem, from peer: Peer) -> HTTPAnswer {
        guard problem != .failed else { return .unavailable }
        // A player sends no bodies, so their limit tells it nothing.
        var answer = HTTPAnswer.text(problem.status, problem.reason(bodyLimit: 0))
        if problem == .noPlace { answer.add("Retry-After", "1") }
        return counted(answer)
    }

    /// What is known of the token in the path; nil if there is none, as only a token has dots.
    func knowledge(of target: RequestTarget, at now: NumericDate) -> TokenKnowledge? {
        guard target.first.contains(UInt8(ascii: ".")) else { return nil }
        return keeper.knowledge(of: target.first, at: now)
    }

    /// Decides whether a viewer gets what a target names. It is counted with the answer: this may not be the last word.
    /// - Parameter knowledge: of the token in the path; nil to ask now.
    func verdict(
        _ target: RequestTarget, _ headers: HTTPHeaders, from peer: Peer, at now: NumericDate,
        knowledge: TokenKnowledge? = nil
    ) -> Result<Admission, Denial> {
        let viewer = viewers.viewer(peer, headers)
        return Result { () throws(Denial) in
            let carried = try finder.find(target, headers)
            let request = PlaybackRequest(
                video: carried?.video, pathBytes: target.rest, address: viewer.address, country: viewer.country)
            guard let carried else {
                guard !target.first.isStreamID else { throw Denial.bareVideoID }
                return try keeper.decide(target.first, for: request, at: now, knowledge: knowledge)
            }
            var admission = try keeper.decide(carried.text, for: request, at: now)
            admission.source = carried.source
            return admission
        }
    }

    func count(_ verdict: Result<Admission, Denial>) {
        switch verdict {
        case .success: metrics.count(.allowed)
        case .failure(let denial): metrics.count(.denied(denial.code))
        }
    }

    func other(_ answer: HTTPAnswer) -> HTTPReply { .now(counted(answer)) }

    private func counted(_ answer: HTTPAnswer) -> HTTPAnswer {
        metrics.count(.other)
        return answer
    }
}
