#if Service
    import HTTPTypes
    import NIOCore
    import NIOHTTP1
    import NIOHTTPTypes
    import StreamSigningWire

    /// Puts the answer to what is not HTTP into the envelope too: Hummingbird itself says a bare 400.
    ///
    /// Once an answer has said `Connection: close`, no other goes out.
    final class MalformedRequestEnvelope: ChannelDuplexHandler, RemovableChannelHandler {
        typealias InboundIn = HTTPRequestPart
        typealias InboundOut = HTTPRequestPart
        typealias OutboundIn = HTTPResponsePart
        typealias OutboundOut = HTTPResponsePart

        private var failure: HTTPParserError?
        private var isLast = false
        private var isDone = false

        func errorCaught(context: ChannelHandlerContext, error: any Error) {
            if failure == nil { failure = error as? HTTPParserError }
            context.fireErrorCaught(error)
        }

        func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
            guard !isDone else {
                promise?.succeed()
                return context.close(promise: nil)
            }
            switch unwrapOutboundIn(data) {
            case .head(let head) where failure != nil && head.isBareBadRequest:
                isLast = true
                writeEnvelope(context, promise)
            case .head(let head):
                isLast = head.headerFields[.connection] == "close"
                context.write(data, promise: promise)
            case .body:
                context.write(data, promise: promise)
            case .end:
                isDone = isLast
                context.write(data, promise: promise)
            }
        }

        private func writeEnvelope(_ context: ChannelHandlerContext, _ promise: EventLoopPromise<Void>?) {
            let error = failure == .headerOverflow ? APIError.headersTooLarge : .notHTTP
            let bytes = Envelope.failure(error.errors)
            let fields: HTTPFields = [
                .contentType: "application/json", .cacheControl: "no-store", .connection: "close",
                .contentLength: String(bytes.count),
            ]
            let head = HTTPResponse(status: error.status, headerFields: fields)
            context.write(wrapOutboundOut(.head(head)), promise: nil)
            context.write(wrapOutboundOut(.body(ByteBuffer(bytes: bytes))), promise: promise)
        }
    }

    extension APIError {
        fileprivate static let headersTooLarge = APIError(
            .requestHeaderFieldsTooLarge, APIMessage(.headersTooLarge, "the request's head is too large"))

        fileprivate static let notHTTP = APIError(
            .badRequest, APIMessage(.badRequest, "the request is not valid HTTP/1.1"))
    }

    extension HTTPResponse {
        /// Every answer of our own has a body.
        fileprivate var isBareBadRequest: Bool { status == .badRequest && headerFields[.contentLength] == "0" }
    }
#endif
