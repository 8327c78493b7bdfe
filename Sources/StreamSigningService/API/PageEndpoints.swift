#if Service
    import HTTPTypes
    import Hummingbird
    import NIOCore

    extension Response {
        /// A page for people, or a file it is made of.
        static func page(_ page: Page) -> Response {
            var headers: HTTPFields = [
                .contentType: page.contentType, .cacheControl: "no-cache", .xContentTypeOptions: "nosniff",
                .contentSecurityPolicy: page.contentSecurityPolicy,
            ]
            if let referrerPolicy = HTTPField.Name("Referrer-Policy") { headers[referrerPolicy] = "no-referrer" }
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: page.bytes)))
        }
    }
#endif
