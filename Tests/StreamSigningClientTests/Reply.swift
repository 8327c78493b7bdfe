/// What the scripted server does about one request.
struct Reply: Sendable {
    enum Ending: Sendable {
        case keepAlive, close
        /// The server's side is shut, the client's is not.
        case halfClose
        /// Nothing more comes, and the connection stays.
        case silence
    }

    let bytes: [UInt8]
    let ending: Ending

    init(bytes: [UInt8], _ ending: Ending) {
        self.bytes = bytes
        self.ending = ending
    }

    /// A whole answer.
    init(
        _ status: Int, _ body: String, type: String? = "application/json", headers: [String: String] = [:]
    ) {
        var head = "HTTP/1.1 \(status) Scripted\r\nContent-Length: \(body.utf8.count)\r\n"
        if let type { head += "Content-Type: \(type)\r\n" }
        for (name, value) in headers { head += "\(name): \(value)\r\n" }
        self.init(bytes: Array((head + "\r\n" + body).utf8), .keepAlive)
    }

    /// Cloudflare's envelope around a result.
    static func result(_ result: String, headers: [String: String] = [:]) -> Reply {
        Reply(200, #"{"result":\#(result),"success":true,"errors":[],"messages":[]}"#, headers: headers)
    }

    /// Cloudflare's envelope around an error.
    static func error(
        _ status: Int, _ code: Int, _ message: String, headers: [String: String] = [:]
    ) -> Reply {
        Reply(
            status,
            #"{"result":null,"success":false,"errors":[{"code":\#(code),"message":"\#(message)"}],"messages":[]}"#,
            headers: headers)
    }

    static let notFound = error(404, 10003, "Not Found")
    static let closing = Reply(bytes: [], .close)
    static let halfClosing = Reply(bytes: [], .halfClose)
    static let silence = Reply(bytes: [], .silence)

    /// The beginning of an answer that promises more than it has.
    static func truncated(_ ending: Ending) -> Reply {
        Reply(
            bytes: Array(
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{\"res".utf8),
            ending)
    }
}
