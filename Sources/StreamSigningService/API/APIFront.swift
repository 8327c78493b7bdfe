#if Service
    import NIOCore
    import NIOHTTP1
    import StreamSigning

    /// The API on one event loop. Answers are made there too: a signature takes a quarter of a millisecond, and to hand it to another
    /// thread and back takes a tenth of that; what takes longer goes ``offEventLoop(_:)``.
    final class APIFront: HTTPResponder {
        private let api: APIResponder
        private let executor: EventLoopExecutor
        private let dateField = HTTPDateField()

        init(_ api: APIResponder, on eventLoop: any EventLoop) {
            self.api = api
            executor = EventLoopExecutor(eventLoop)
        }

        var date: String { dateField.text(at: api.keys.now()) }

        func peer(_ address: SocketAddress?) -> String? { address?.ipAddress }

        func reply(to head: HTTPRequestHead, from address: String?) -> HTTPReply {
            var call = APICall(head, from: address)
            let route: APIRoute
            do {
                route = try api.open(&call)
            } catch {
                return .now(api.finish(.refusal(error), call))
            }
            guard route.takesBody else {
                return executor.reply { [api, call] in await api.answer(route, call) }
            }
            return .body(limit: api.keys.limits.bodyBytes) { [api, executor, call] body in
                executor.reply { await api.answer(route, call, body: body) }
            }
        }

        func answer(to problem: HTTPProblem, from address: String?) -> HTTPAnswer {
            let error = APIError(problem, bodyLimit: api.keys.limits.bodyBytes)
            return api.finish(.refusal(error), APICall(from: address))
        }
    }

    extension APIError {
        init(_ problem: HTTPProblem, bodyLimit: Int) {
            self =
                switch problem {
                case .notHTTP: .notHTTP
                case .headTooLarge: .headTooLarge
                case .noHost: .noHost
                case .bodyTooLarge: .bodyTooLarge(limit: bodyLimit)
                case .bodyBroken: .bodyBroken
                case .bodyTooSlow: .bodyTooSlow
                case .failed: .unavailable
                }
        }
    }
#endif
