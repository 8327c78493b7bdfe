#if Service
    import HTTPTypes
    import NIOCore
    import NIOHTTPTypes

    /// Asks a client that waits for it to send its body (`Expect: 100-continue`, RFC 9110 10.1.1): curl, for one, waits a second
    /// otherwise. A body that would be refused for its length is not asked for.
    final class ExpectedContinue: ChannelDuplexHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart
        typealias InboundOut = HTTPRequestPart
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = HTTPResponsePart

        private let bodyLimit: Int
        /// Requests whose answer has not ended: nothing may be written into the middle of it.
        private var unanswered = 0

        init(bodyLimit: Int) {
            self.bodyLimit = bodyLimit
        }

        func channelRead(context: ChannelHandlerContext, data: NIOAny) {
            if case .head(let head) = unwrapInboundIn(data) {
                if unanswered == 0, head.expectsContinue, head.contentLength ?? 0 <= bodyLimit {
                    context.writeAndFlush(wrapOutboundOut(.head(HTTPResponse(status: .continue))), promise: nil)
                }
                unanswered += 1
            }
            context.fireChannelRead(data)
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            if case .end = unwrapOutboundIn(data) { unanswered -= 1 }
            context.write(data, promise: promise)
        }
    }

    extension HTTPRequest {
        fileprivate var expectsContinue: Bool { headerFields[.expect]?.lowercased() == "100-continue" }
        fileprivate var contentLength: Int? { headerFields[.contentLength].flatMap { Int($0) } }
    }
#endif
