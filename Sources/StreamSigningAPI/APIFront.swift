package import NIOCore
package import NIOHTTP1
import StreamSigning
package import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningWire

/// The API on one event loop. Answers are made there too: a signature takes a quarter of a millisecond, and to hand it to another
/// thread and back takes a tenth of that; what takes longer goes ``offEventLoop(_:)``.
package final class APIFront: HTTPResponder {
    private let api: APIResponder
    private let executor: EventLoopExecutor
    private let dateField = HTTPDateField()

    package init(_ api: APIResponder, on eventLoop: any EventLoop) {
        self.api = api
        executor = EventLoopExecutor(eventLoop)
    }

    package var date: String { dateField.text(at: api.keys.now()) }

    package func peer(_ address: SocketAddress?) -> String? { address?.ipAddress }

    package func reply(to head: HTTPRequestHead, from address: String?) -> HTTPReply {
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
        return .body(limit: api.bodyBytes) { [api, executor, call] body in
            executor.reply { await api.answer(route, call, body: body) }
        }
    }

    package func answer(to problem: HTTPProblem, from address: String?) -> HTTPAnswer {
        let error = APIError(problem, bodyLimit: api.bodyBytes)
        return api.finish(.refusal(error), APICall(from: address))
    }
}

extension APIError {
    init(_ problem: HTTPProblem, bodyLimit: Int) {
        guard problem != .failed else {
            self = .unavailable
            return
        }
        let code: APICode =
            switch problem {
            case .headTooLarge: .headersTooLarge
            case .bodyTooLarge: .bodyTooLarge
            case .bodyTooSlow: .requestTimeout
            case .notHTTP, .noHost, .bodyBroken, .failed: .badRequest
            }
        self.init(problem.status, APIMessage(code, problem.reason(bodyLimit: bodyLimit)))
    }
}
