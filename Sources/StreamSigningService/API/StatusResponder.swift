#if Service
    import HTTPTypes
    import Hummingbird

    /// All that a gate without a store answers besides players: probes and scrapers.
    struct StatusResponder: HTTPResponder {
        let status: NodeStatus
        let metrics: GateMetrics

        func respond(to request: Request, context: APIContext) async -> Response {
            let path = request.head.path?.prefix { $0 != "?" } ?? ""
            var response =
                switch APIRoute.match(request.method, path: path) {
                case .route(.health): Response.text("ok\n")
                case .route(.readiness): await status.readiness()
                case .route(.metrics):
                    Response.text(metrics.exposition(liveKeys: status.ring.liveCount) + (await status.exposition()))
                case .methodNotAllowed, .notFound, .route:
                    Response.text("a gate that is fed by other nodes has no API: ask those\n", status: .notFound)
                }
            if request.method == .head { response = response.createHeadResponse() }
            return response
        }
    }
#endif
