import NIOCore
package import NIOHTTP1
import StreamSigning

/// A request whose end has not come.
struct OpenRequest {
    package let head: HTTPRequestHead
    /// What has come of its body, if that is waited for.
    package var body: RequestBody?
    /// Whether the client was told to send its body.
    var isAwaited = false
    /// Whether the rest of its body is of no use any more.
    var isCutOff = false
    package var hasEnded = false

    package init(_ head: HTTPRequestHead) {
        self.head = head
    }

    /// Whether nobody knows if a body will come: the client would have waited to be asked for it (RFC 9110 10.1.1).
    var isUnclear: Bool { head.expectsContinue && !isAwaited && !hasEnded }
}

/// A body that is collected. A private key may be in it: what is kept of it here is wiped. What the network stack keeps in
/// buffers of its own is out of reach.
struct RequestBody {
    private let limit: Int
    package let then: (Result<SecretBytes, HTTPProblem>) -> HTTPReply
    private var bytes = ByteBuffer()

    /// - Parameter length: what the request says, if it says it: at most `limit`.
    package init(length: Int?, limit: Int, then: @escaping (Result<SecretBytes, HTTPProblem>) -> HTTPReply) {
        self.limit = length ?? limit
        self.then = then
    }

    /// - Returns: false if that would be too much.
    package mutating func append(_ part: ByteBuffer) -> Bool {
        guard bytes.readableBytes + part.readableBytes <= limit else { return false }
        // All at once, so that nothing is left behind where the buffer was before it grew.
        if bytes.capacity == 0 { bytes.reserveCapacity(limit) }
        bytes.writeImmutableBuffer(part)
        return true
    }

    /// What was collected, which is not here any more.
    package mutating func take() -> SecretBytes {
        bytes.withUnsafeMutableReadableBytes { bytes in
            defer { bytes.initializeMemory(as: UInt8.self, repeating: 0) }
            return SecretBytes(copying: UnsafeRawBufferPointer(bytes))
        }
    }
}

extension HTTPRequestHead {
    /// Whether the client waits to be asked for its body. One of HTTP/1.0 cannot be asked.
    var expectsContinue: Bool {
        version.minor > 0 && headers["expect"].contains { $0.lowercased() == "100-continue" }
    }

    /// Whether it has one `Host`, which may be one, or none if it is of HTTP/1.0 (RFC 9112 3.2).
    var hasSoundHost: Bool {
        let hosts = headers["host"]
        guard let host = hosts.first else { return version.minor == 0 }
        return hosts.count == 1
            && host.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
                default: "-._~%!$&'()*+,;=:[]".utf8.contains(byte)
                }
            }
    }

    /// The length of the body, if it is known beforehand.
    var contentLength: Int? { headers.first(name: "content-length").flatMap { Int($0) } }

    /// Whether its end can be told: of an encoding but `chunked` at the end it cannot (RFC 9112 6.3).
    var hasKnownLength: Bool {
        guard headers.contains(name: "transfer-encoding") else { return true }
        return headers[canonicalForm: "transfer-encoding"].last?.lowercased() == "chunked"
    }

    /// Whether what follows on the connection would be another protocol, had we taken it up: the parser reads no further.
    var endsHTTP: Bool {
        method == .CONNECT || headers[canonicalForm: "connection"].contains { $0.lowercased() == "upgrade" }
    }
}

extension HTTPProblem {
    package init(_ error: HTTPParserError) {
        self = error == .headerOverflow ? .headTooLarge : .notHTTP
    }
}
