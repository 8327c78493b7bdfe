package import Logging
import NIOHTTP1
package import StreamSigning
package import StreamSigningGate
package import StreamSigningHTTP
import StreamSigningKeyRing
package import StreamSigningOperations
import StreamSigningPages
package import StreamSigningStore
import StreamSigningThreads
import StreamSigningWire

/// Answers every request to the API: finds its route, checks its credential, carries it out, and puts the outcome into Stream's
/// envelope.
package struct APIEndpoints: Sendable {
    let keys: KeyOperations
    /// The changes, read over connections that no other request uses: gates wait for them.
    let followed: any ChangeLog
    /// Large pages of the feed: few at a time, and each credential has its own lane.
    let distantFeeds = FairQueue<CredentialID>(FairQueue.Bounds(running: 1, waitingPerLane: 64, waiting: 512))
    let revocations: RevocationOperations
    let sessions: SessionOperations
    let credentials: CredentialIndex
    let rate: RateLimiter<CredentialID>
    /// Of answers that need no credential to get, by address.
    let refusals: RateLimiter<ConnectionOrigin>
    let metrics: ServiceMetrics
    let gateMetrics: GateMetrics
    let status: NodeStatus
    /// The gate's policy, so that explanations agree with it.
    let policy: VerificationPolicy
    /// The most bytes that a request's body may have, if its route does not say more.
    private let bodyBytes: Int
    let logger: Logger
    /// Signs together what one event loop is asked for; nil to sign one by one.
    private(set) var round: SigningRound?

    package init(
        keys: KeyOperations, revocations: RevocationOperations, sessions: SessionOperations,
        followed: any ChangeLog, credentials: CredentialIndex, rate: RateLimiter<CredentialID>,
        refusals: RateLimiter<ConnectionOrigin>, metrics: ServiceMetrics, gateMetrics: GateMetrics, status: NodeStatus,
        policy: VerificationPolicy, bodyBytes: Int, logger: Logger
    ) {
        self.keys = keys
        self.sessions = sessions
        self.followed = followed
        self.revocations = revocations
        self.credentials = credentials
        self.rate = rate
        self.refusals = refusals
        self.metrics = metrics
        self.gateMetrics = gateMetrics
        self.status = status
        self.policy = policy
        self.bodyBytes = bodyBytes
        self.logger = logger
    }

    /// Finds the route of a request and checks its credential, before its body is read.
    func open(_ call: inout APICall) throws(APIError) -> APIRoute {
        let route: APIRoute
        switch APIRoute.match(call.head.method, path: call.path) {
        case .route(let match): route = match
        case .notFound: throw .noRoute(call.path)
        case .methodNotAllowed(let allowed):
            throw APIError(
                .methodNotAllowed,
                APIMessage(.methodNotAllowed, "this path does not take \(call.head.method.rawValue.prefix(16))"),
                fields: [("Allow", allowed)])
        }
        call.template = route.template
        switch route {
        case .health, .readiness, .metrics, .inspector, .asset, .jwks: break
        case .feed, .beginSession, .reportUses: try admit(&call, to: .all, for: .feed)
        case .explain(let account), .listKeys(let account), .showKey(let account, _), .listRevocations(let account),
            .showRevocation(let account, _):
            try admit(&call, to: account, for: .read)
        case .createKey(let account), .createToken(let account, _), .deleteKey(let account, _),
            .deleteUnusedKey(let account, _), .updateKey(let account, _), .addRevocations(let account),
            .liftRevocation(let account, _):
            try admit(&call, to: account, for: .write)
        }
        return route
    }

    private func admit(
        _ call: inout APICall, to account: AccountID, for role: StoredCredential.Role
    ) throws(APIError) {
        guard let principal = credentials.principal(of: call.head.headers) else { throw .unauthenticated }
        call.credential = principal.credential
        guard principal.may(role, in: account) else { throw .notAuthorized }
        // A hundred gates may share one credential, and viewers wait for what they hear.
        if role != .feed { try rate.admit(principal.credential) }
    }

    /// The same for the requests of one event loop.
    func signing(on executor: any TaskExecutor) -> APIEndpoints {
        var endpoints = self
        endpoints.round = SigningRound(on: executor)
        return endpoints
    }

    /// The answer to a load balancer's probe, which waits for nothing that another request does.
    /// - Returns: nil for any other route.
    func probe(_ route: APIRoute) -> HTTPAnswer? {
        switch route {
        case .health: .plain("ok\n")
        case .readiness: status.readiness()
        default: nil
        }
    }

    /// Reads a body; a large one on a thread that answers nobody, when it is the account's turn.
    func read<Value: Sendable>(
        _ body: RequestBodyText, of account: AccountID, _ read: @Sendable (JSONValue) throws(WireProblem) -> Value
    ) async throws -> Value {
        guard body.count > Self.smallBody else { return try body.value(read) }
        return try await keys.work.run(for: account) { try body.value(read) }
    }

    /// Bytes of the largest body that is read on an event loop. Official clients send less.
    private static let smallBody = 8192

    /// - Parameter body: the request's, if the route takes one.
    func answer(
        _ route: APIRoute, _ call: APICall,
        body: Result<SecretBytes, HTTPProblem> = .success(SecretBytes(copying: []))
    ) async -> HTTPAnswer {
        do {
            return finish(try await run(route, call, body), call)
        } catch let error as APIError {
            return finish(.refusal(error), call)
        } catch let error as ServiceError {
            return finish(.refusal(APIError(error)), call)
        } catch {
            // The machine or the database failed. The client need not know more.
            logger.error("request failed", metadata: ["request_id": "\(call.id)", "error": "\(error)"])
            return finish(.refusal((error as? StoreError).map(APIError.init) ?? .unavailable), call)
        }
    }

    private func run(
        _ route: APIRoute, _ call: APICall, _ body: Result<SecretBytes, HTTPProblem>
    ) async throws -> HTTPAnswer {
        func text() throws(APIError) -> RequestBodyText {
            try RequestBodyText(body, of: call.head, limit: bodyLimit(of: route))
        }
        switch route {
        case .health, .readiness: return probe(route) ?? .plain("ok\n")
        case .metrics:
            var text = MetricsText()
            metrics.write(to: &text, readyKeys: keys.ready.count, work: keys.work)
            gateMetrics.write(to: &text, ring: keys.ring)
            status.write(to: &text)
            return .plain(text.text)
        case .inspector: return .page(InspectorPage.page, caching: "no-cache")
        case .asset(let name):
            guard let asset = PageAsset.named(name[...]) else { throw APIError.noRoute(call.path) }
            return .page(asset, caching: "no-cache")
        case .jwks(let account): return try await jwks(account, call.head)
        case .feed: return try await feed(call)
        case .beginSession: return try await beginSession(text())
        case .reportUses: return try await reportUses(text())
        case .explain(let account): return try await explain(account, text())
        case .createKey(let account): return try await create(account, text(), call.caller())
        case .createToken(let account, let video): return try await token(video, account, text())
        case .showKey(let account, let identifier): return try await key(identifier, account)
        case .updateKey(let account, let identifier):
            return try await update(
                identifier, account, text(), call.caller(), waits: call.query.waitsForNodes())
        case .deleteKey(let account, let identifier):
            return try await delete(identifier, account, call.caller(), waits: call.query.waitsForNodes())
        case .deleteUnusedKey(let account, let identifier):
            return try await deleteUnused(identifier, account, call.query, call.caller())
        case .listKeys(let account): return try await list(account)
        case .addRevocations(let account):
            return try await revoke(account, text(), call.caller(), waits: call.query.waitsForNodes())
        case .listRevocations(let account): return try await listRevocations(account, call.query)
        case .showRevocation(let account, let identifier): return try await revocation(identifier, account)
        case .liftRevocation(let account, let identifier):
            return try await lift(identifier, account, call.caller(), waits: call.query.waitsForNodes())
        }
    }

    /// The most bytes that the body of a request may have.
    func bodyLimit(of route: APIRoute? = nil) -> Int {
        switch route {
        case .addRevocations: max(bodyBytes, RevocationBatch.maximumBodyCount)
        case .reportUses: max(bodyBytes, KeyUseReport.maximumByteCount)
        default: bodyBytes
        }
    }

    /// Gives the answer its id, counts it, and writes it into the access log.
    func finish(_ answer: HTTPAnswer, _ call: APICall) -> HTTPAnswer {
        var answer = limited(answer, call)
        answer.add("X-Request-Id", call.id)
        let duration = ContinuousClock.now - call.started
        metrics.count(route: call.template, status: Int(answer.status.code), duration: duration)
        logger.info(
            "request",
            metadata: [
                "request_id": "\(call.id)", "method": "\(call.head.method)", "route": "\(call.template)",
                "status": "\(answer.status.code)", "duration_us": "\(duration.inMicroseconds)",
                "address": "\(call.address?.description ?? "-")", "credential": "\(call.credential?.rawValue ?? "-")",
            ])
        return answer
    }

    /// The same, or 429 in its place if it is a refusal and the address has had too many of those. A request that succeeds is never
    /// refused for what others behind the same address do.
    private func limited(_ answer: HTTPAnswer, _ call: APICall) -> HTTPAnswer {
        guard [.unauthorized, .forbidden, .notFound].contains(answer.status) else { return answer }
        do {
            try refusals.admit(ConnectionOrigin(call.address))
            return answer
        } catch {
            return .refusal(error)
        }
    }
}
