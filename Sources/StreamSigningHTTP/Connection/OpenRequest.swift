import NIOHTTP1

/// A request that is being read or answered.
struct OpenRequest {
    let head: HTTPRequestHead
    /// Whether its body is read, and the client was asked for it if it waits for that.
    var isAwaited = false
    /// Whether the rest of its body is of no use any more.
    var isCutOff = false
    /// Whether it was read to its end.
    var hasEnded = false

    init(_ head: HTTPRequestHead) {
        self.head = head
    }

    /// Whether its answer has to be the last one, because it cannot be known where the next request begins or what follows.
    var needsLastAnswer: Bool {
        if !head.isKeepAlive || head.version.minor == 0 || head.endsHTTP { return true }
        guard !hasEnded else { return false }
        // A client that waits to be asked for its body may send it all the same, or the next request instead (RFC 9110 10.1.1).
        return isCutOff || !isAwaited && head.expectsContinue
    }
}

extension HTTPRequestHead {
    /// Whether the client waits to be asked for its body. A client of HTTP/1.0 cannot be asked.
    var expectsContinue: Bool {
        version.minor > 0 && headers.members("expect").contains { $0.lowercased() == "100-continue" }
    }

    /// Whether it has exactly one `Host` with the characters of a host. HTTP/1.0 may go without (RFC 9112 3.2).
    var hasValidHost: Bool {
        switch headers.single("host") {
        case .missing: version.minor == 0
        case .value(let host): host.utf8.allSatisfy { Self.isHostByte($0) }
        case .repeated: false
        }
    }

    /// Whether a host may have this byte (RFC 3986 3.2.2), or a port.
    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        // ! $ % & ' ( ) * + , - . : ; = [ ] _ ~
        case 0x21, 0x24...0x2E, 0x3A, 0x3B, 0x3D, 0x5B, 0x5D, 0x5F, 0x7E: true
        default: false
        }
    }

    /// The length of the body, if the request announces it.
    var contentLength: Int? { headers.first(name: "content-length").flatMap { Int($0) } }

    /// Whether the request says where its body ends: if it has transfer encodings, the last must be `chunked` (RFC 9112 6.3). An
    /// empty one behind it is not passed over: another server may see the end elsewhere.
    var hasKnownLength: Bool {
        guard headers.contains(name: "transfer-encoding") else { return true }
        return headers[canonicalForm: "transfer-encoding"].last?.lowercased() == "chunked"
    }

    /// Whether the parser stops here, because another protocol could follow. We never switch to one.
    var endsHTTP: Bool {
        method == .CONNECT || headers.members("connection").contains { $0.lowercased() == "upgrade" }
    }
}

extension HTTPProblem {
    init(_ error: HTTPParserError) {
        self = error == .headerOverflow ? .headTooLarge : .notHTTP
    }
}
