#if Service
    import HTTPTypes
    import Hummingbird
    import NIOCore

    extension Response {
        /// An answer of the API. Key material may be in it, so nobody may store it.
        static func envelope(
            _ bytes: [UInt8], status: HTTPResponse.Status = .ok, headers: HTTPFields = [:]
        ) -> Response {
            var headers = headers
            headers[.contentType] = "application/json"
            headers[.cacheControl] = "no-store"
            return Response(status: status, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
        }

        /// A plain text, for probes and scrapers.
        static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
            Response(
                status: status, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }
#endif
