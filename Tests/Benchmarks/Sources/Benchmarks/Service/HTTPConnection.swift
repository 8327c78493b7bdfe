internal import Glibc

/// A keep-alive connection to a service on this machine, for one thread.
///
/// Our own, on bare sockets: what a client library does around a request would be measured along with the service, which
/// answers in a fraction of a millisecond. It knows no more of HTTP than our answers need.
final class HTTPConnection {
    struct Answer {
        let status: Int
        /// The code with which a gate refuses; nil if it does not.
        let denial: String?
        /// Where a redirect leads; nil if the answer is none.
        let location: String?
        let body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    private let socket: Int32
    private let account: ServiceAccount?
    private var buffer = [UInt8](repeating: 0, count: 65536)

    /// - Parameters:
    ///   - account: nil for what needs no credential.
    ///   - timeout: how long to wait for an answer, or for its next piece; nil for ever.
    init(to port: UInt16, as account: ServiceAccount?, timeout: Duration? = nil) throws {
        self.account = account
        socket = Glibc.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var isOn: Int32 = 1
        setsockopt(socket, Int32(IPPROTO_TCP), TCP_NODELAY, &isOn, socklen_t(MemoryLayout<Int32>.size))
        if let timeout {
            var time = timeval(tv_sec: Int(timeout.inSeconds), tv_usec: 0)
            setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &time, socklen_t(MemoryLayout<timeval>.size))
        }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let status = withUnsafeBytes(of: &address) { bytes in
            connect(
                socket, bytes.assumingMemoryBound(to: sockaddr.self).baseAddress, socklen_t(bytes.count))
        }
        guard status == 0 else {
            throw MeasurementFailure("the service cannot be reached: \(String(cString: strerror(errno)))")
        }
    }

    deinit {
        close(socket)
    }

    /// Sends a request and waits for the answer.
    /// - Parameters:
    ///   - path: below `/client/v4/accounts/ACCOUNT/stream/`, or with a `/` at its beginning from the root.
    ///   - expected: any other status is a failure.
    @discardableResult
    func send(_ method: String, _ path: String, body: String = "", expecting expected: Int = 200) throws -> Answer {
        let answer = try exchange(method, path, body: body)
        guard answer.status == expected else {
            throw MeasurementFailure("\(method) \(path) was answered with \(answer.status): \(answer.text)")
        }
        return answer
    }

    /// As ``send(_:_:body:expecting:)``, with whatever answer.
    /// - Parameter fields: lines of the head besides the usual ones.
    func exchange(_ method: String, _ path: String, fields: [String] = [], body: String = "") throws -> Answer {
        try ask(method, path, fields: fields, body: body)
        return try answer()
    }

    /// Sends a request. Its answer has to be taken before the next one is sent.
    func ask(_ method: String, _ path: String, fields: [String] = [], body: String = "") throws {
        let target = path.hasPrefix("/") ? path : account?.path(path) ?? path
        try write(
            """
            \(method) \(target) HTTP/1.1\r
            Host: 127.0.0.1\r
            Authorization: Bearer \(account?.secret ?? "-")\r
            Content-Type: application/json\r
            Content-Length: \(body.utf8.count)\r
            \(fields.map { $0 + "\r\n" }.joined())\r
            \(body)
            """)
    }

    /// As ``send(_:_:body:expecting:)``.
    /// - Returns: how many milliseconds it took.
    func time(_ method: String, _ path: String, body: String = "", expecting expected: Int = 200) throws -> Double {
        let clock = ContinuousClock()
        let start = clock.now
        try send(method, path, body: body, expecting: expected)
        return (clock.now - start).inSeconds * 1000
    }

    private func write(_ request: String) throws {
        var bytes = Array(request.utf8)[...]
        while !bytes.isEmpty {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
            }
            guard count > 0 else { throw MeasurementFailure("the service closed the connection") }
            bytes = bytes.dropFirst(count)
        }
    }

    /// Waits for the answer to what was asked.
    func answer() throws -> Answer {
        var received: [UInt8] = []
        while true {
            let count = recv(socket, &buffer, buffer.count, 0)
            guard count > 0 else { throw MeasurementFailure("the service closed the connection") }
            received.append(contentsOf: buffer[..<count])
            guard let head = HTTPHead(received), received.count >= head.count + head.bodyCount else { continue }
            return Answer(
                status: head.status, denial: head.denial, location: head.location, body: Array(received[head.count...]))
        }
    }
}

/// Status line and headers of an answer.
private struct HTTPHead {
    let status: Int
    let denial: String?
    let location: String?
    /// With the empty line at its end.
    let count: Int
    let bodyCount: Int

    /// Nil as long as it is not all there.
    init?(_ bytes: [UInt8]) {
        let end = Array("\r\n\r\n".utf8)
        guard let start = bytes.indices.first(where: { bytes[$0...].starts(with: end) }) else { return nil }
        let lines = String(decoding: bytes[..<start], as: UTF8.self).split(separator: "\r\n")
        func value(_ name: String) -> Substring? {
            lines.first { $0.lowercased().hasPrefix(name + ":") }?.dropFirst(name.count + 1).drop { $0 == " " }
        }
        count = start + end.count
        status = lines.first.flatMap { Int($0.dropFirst("http/1.1 ".count).prefix(3)) } ?? 0
        location = value("location").map(String.init)
        denial = value("x-stream-signing-denial").map(String.init)
        bodyCount = value("content-length").flatMap { Int($0) } ?? 0
    }
}
