#if Service
    import HTTPTypes
    import Hummingbird
    import Logging
    import StreamSigning
    import StreamSigningWire

    /// Answers every request: finds its route, lets in who may, runs it, and puts whatever comes of it into Stream's envelope.
    struct APIResponder: HTTPResponder {
        let keys: KeyService
        let credentials: CredentialIndex
        let rate: RateLimiter
        let metrics: ServiceMetrics
        let gateMetrics: GateMetrics
        let status: NodeStatus
        /// What the gate leaves open about tokens, for explaining what it does.
        let policy: VerificationPolicy
        let logger: Logger

        func respond(to request: Request, context: APIContext) async -> Response {
            let started = ContinuousClock.now
            let id = RequestID.make()
            var seen = Seen()
            var response: Response
            do {
                response = try await answer(request, context, &seen)
            } catch {
                response = failure(error, id)
            }
            response.headers[.requestID] = id
            // Behind these the parser reads no further, as if we had taken another protocol up.
            if request.method == .connect || request.headers[.connection]?.lowercased().contains("upgrade") == true {
                response.headers[.connection] = "close"
            }
            if request.method == .head { response = response.createHeadResponse() }
            let duration = ContinuousClock.now - started
            metrics.count(route: seen.route, status: response.status.code, duration: duration)
            logger.info(
                "request",
                metadata: [
                    "request_id": "\(id)", "method": "\(request.method)", "route": "\(seen.route)",
                    "status": "\(response.status.code)", "duration_us": "\(duration.microseconds)",
                    "address": "\(context.remoteAddress?.ipAddress ?? "-")", "credential": "\(seen.credential ?? "-")",
                ])
            return response
        }

        /// What a request turned out to be, for metrics and log: names of ours, never text of the request's.
        private struct Seen {
            var route = "none"
            var credential: String?
        }

        private func answer(_ request: Request, _ context: APIContext, _ seen: inout Seen) async throws -> Response {
            let path = Substring((request.head.path ?? "").utf8.prefix { $0 != UInt8(ascii: "?") })
            let route: APIRoute
            switch APIRoute.match(request.method, path: path) {
            case .route(let match): route = match
            case .notFound: throw APIError.noRoute(path)
            case .methodNotAllowed(let allowed):
                throw APIError(
                    .methodNotAllowed,
                    APIMessage(.methodNotAllowed, "this path does not take \(request.method.rawValue.prefix(16))"),
                    headers: [.allow: allowed])
            }
            seen.route = route.template
            switch route {
            case .health: return .text("ok\n")
            case .readiness: return await status.readiness()
            case .metrics:
                return .text(
                    metrics.exposition(readyKeys: keys.ready.count)
                        + gateMetrics.exposition(liveKeys: keys.ring.liveCount) + (await status.exposition()))
            case .inspector: return .page(InspectorPage.page)
            case .asset(let name):
                guard let asset = PageAsset.named(name[...]) else { throw APIError.noRoute(path) }
                return .page(asset)
            case .jwks(let account): return try await jwks(account, request)
            case .feed:
                _ = try admit(request, to: .all, for: .feed, &seen)
                return try await feed(request)
            case .explain(let account):
                _ = try admit(request, to: account, for: .read, &seen)
                return try await explain(account, RequestBodyText(collecting: request, limits: keys.limits))
            case .createKey(let account), .createToken(let account, _), .deleteKey(let account, _):
                let credential = try admit(request, to: account, for: .write, &seen)
                return try await change(route, account, request) {
                    KeyService.Caller(credential: credential, address: context.remoteAddress?.ipAddress)
                }
            case .listKeys(let account):
                _ = try admit(request, to: account, for: .read, &seen)
                return try await list(account)
            }
        }

        private func change(
            _ route: APIRoute, _ account: AccountID, _ request: Request, by caller: () -> KeyService.Caller
        ) async throws -> Response {
            switch route {
            case .deleteKey(_, let identifier):
                return try await delete(identifier, account, caller(), waits: Waiting(request).isForNodes)
            case .createToken(_, let video):
                let body = try await RequestBodyText(collecting: request, limits: keys.limits)
                return try await token(video, account, body)
            default:
                let body = try await RequestBodyText(collecting: request, limits: keys.limits)
                return try await create(account, body, caller())
            }
        }

        private func admit(
            _ request: Request, to account: AccountID, for role: StoredCredential.Role, _ seen: inout Seen
        ) throws(APIError) -> CredentialID {
            guard let principal = credentials.principal(of: request.headers) else { throw .unauthenticated }
            seen.credential = principal.credential.rawValue
            guard principal.may(role, in: account) else { throw .notAuthorized }
            try rate.admit(principal.credential)
            return principal.credential
        }

        private func failure(_ error: any Error, _ id: String) -> Response {
            if let error = error as? APIError {
                return .envelope(Envelope.failure(error.errors), status: error.status, headers: error.headers)
            }
            // What is left is the machine's or the database's doing; the client learns no more than that.
            logger.error("request failed", metadata: ["request_id": "\(id)", "error": "\(error)"])
            let unavailable = APIError.unavailable
            return .envelope(
                Envelope.failure(unavailable.errors), status: unavailable.status, headers: unavailable.headers)
        }
    }

    extension Duration {
        fileprivate var microseconds: Int64 {
            components.seconds * 1_000_000 + components.attoseconds / 1_000_000_000_000
        }
    }
#endif
