#if Service
    import NIOCore
    import NIOHTTP1
    import StreamSigning

    /// All that a gate without a store answers besides players: probes and scrapers.
    final class StatusResponder: HTTPResponder {
        private let status: NodeStatus
        private let metrics: GateMetrics
        private let executor: EventLoopExecutor
        private let now: @Sendable () -> NumericDate
        private let dateField = HTTPDateField()

        init(
            status: NodeStatus, metrics: GateMetrics, on eventLoop: any EventLoop,
            now: @escaping @Sendable () -> NumericDate
        ) {
            self.status = status
            self.metrics = metrics
            self.now = now
            executor = EventLoopExecutor(eventLoop)
        }

        var date: String { dateField.text(at: now()) }

        func peer(_ address: SocketAddress?) {}

        func reply(to head: HTTPRequestHead, from peer: Void) -> HTTPReply {
            switch APIRoute.match(head.method, path: APICall(head, from: nil).path) {
            case .route(.health): .now(.plain("ok\n"))
            case .route(.readiness): executor.reply { [status] in await status.readiness() }
            case .route(.metrics):
                executor.reply { [status, metrics] in
                    .plain(metrics.exposition(liveKeys: status.ring.liveCount) + (await status.exposition()))
                }
            case .methodNotAllowed, .notFound, .route:
                .now(.plain("a gate that is fed by other nodes has no API: ask those\n", .notFound))
            }
        }

        func answer(to problem: HTTPProblem, from peer: Void) -> HTTPAnswer {
            .refusal(APIError(problem, bodyLimit: 0))
        }
    }
#endif
