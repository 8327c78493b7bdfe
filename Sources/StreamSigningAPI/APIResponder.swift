package import NIOCore
package import NIOHTTP1
import StreamSigning
package import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningWire

/// The API on one event loop, where most answers are made too: a signature takes a quarter of a millisecond, and handing it to
/// another thread would add a tenth of that. Slower work waits for its account's turn on other threads: see ``AccountWork``.
package final class APIResponder: HTTPResponder {
    private let endpoints: APIEndpoints
    private let proxies: TrustedProxies
    private let executor: EventLoopExecutor
    private let dateField = HTTPDateField()

    /// - Parameter proxies: those in front of the API.
    package init(_ endpoints: APIEndpoints, behind proxies: TrustedProxies, on eventLoop: any EventLoop) {
        self.proxies = proxies
        executor = EventLoopExecutor(eventLoop)
        self.endpoints = endpoints.signing(on: executor)
    }

    package var date: String { dateField.text(at: endpoints.keys.now()) }

    package func reply(to head: HTTPRequestHead, from peer: Peer) -> HTTPReply {
        // A proxy that names nobody speaks for itself.
        var call = APICall(head, from: proxies.client(of: peer, head.headers) ?? peer.address)
        let route: APIRoute
        do {
            route = try endpoints.open(&call)
        } catch {
            return .now(endpoints.finish(.refusal(error), call))
        }
        if let probe = endpoints.probe(route) { return .now(endpoints.finish(probe, call)) }
        guard route.takesBody else {
            return executor.reply { [endpoints, call] in await endpoints.answer(route, call) }
        }
        return .body(limit: endpoints.bodyLimit(of: route)) { [endpoints, executor, call] body in
            executor.reply { await endpoints.answer(route, call, body: body) }
        }
    }

    package func answer(to problem: HTTPProblem, from peer: Peer) -> HTTPAnswer {
        let error = APIError(problem, bodyLimit: endpoints.bodyLimit())
        return endpoints.finish(.refusal(error), APICall(from: peer.address))
    }
}

extension APIError {
    init(_ problem: HTTPProblem, bodyLimit: Int) {
        switch problem {
        case .failed:
            self = .unavailable
            return
        case .noPlace:
            let message = APIMessage(.unavailable, problem.reason(bodyLimit: bodyLimit))
            self.init(problem.status, message, fields: [("Retry-After", "1")])
            return
        default: break
        }
        let code: APICode =
            switch problem {
            case .headTooLarge: .headersTooLarge
            case .bodyTooLarge: .bodyTooLarge
            case .bodyTooSlow: .requestTimeout
            case .notHTTP, .noHost, .bodyBroken, .failed, .noPlace: .badRequest
            }
        self.init(problem.status, APIMessage(code, problem.reason(bodyLimit: bodyLimit)))
    }
}
