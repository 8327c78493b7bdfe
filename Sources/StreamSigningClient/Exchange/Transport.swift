internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
internal import StreamSigning

/// Sends one request once. Its connections are closed with its last owner.
final class Transport: Sendable {
    private let client: HTTPClient
    private let proxy: HTTPProxy?
    private let deadline: @Sendable () async throws -> Void

    /// - Parameter url: of the service that is asked.
    /// - Throws: ``ClientError`` with code `invalid_argument` for a service that cannot be asked in this way.
    init(
        to url: String, through connections: OutboundConnections, connectTimeout: Duration, requestTimeout: Duration,
        pauses: Pauses
    ) throws(ClientError) {
        var configuration = try connections.clientConfiguration(for: url, connectTimeout: connectTimeout)
        // Servers close idle connections too, and a request that meets the closing is lost: be the first to close.
        configuration.connectionPool.idleTimeout = .seconds(10)
        client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration)
        proxy = connections.proxies.proxy(for: url)
        deadline = { try await pauses.deadline(requestTimeout) }
    }

    deinit {
        client.shutdown { _ in }
    }

    /// - Throws: ``SendingFailure``, which says whether the service can have acted.
    func send(_ request: APIRequest, token: APIToken?) async throws(SendingFailure) -> RawAnswer {
        do {
            return try await withThrowingTaskGroup(of: RawAnswer.self) { group in
                group.addTask { try await self.exchange(request, token) }
                group.addTask {
                    try await self.deadline()
                    throw HTTPClientError.deadlineExceeded
                }
                defer { group.cancelAll() }
                guard let answer = try await group.next() else { throw CancellationError() }
                return answer
            }
        } catch let failure as SendingFailure {
            throw failure
        } catch {
            // A cancelled task's child may report what the cancelling broke.
            throw Task.isCancelled ? .cancelled : SendingFailure(error, through: proxy)
        }
    }

    private func exchange(_ request: APIRequest, _ token: APIToken?) async throws -> RawAnswer {
        var message = HTTPClientRequest(url: request.url)
        message.method = request.method
        message.headers.add(name: "accept", value: "application/json")
        message.headers.add(name: "user-agent", value: "stream-signing-swift")
        if let token { message.headers.add(name: "authorization", value: token.header) }
        if let body = request.body {
            message.headers.add(name: "content-type", value: "application/json")
            message.body = .bytes(body.withUnsafeBytes { ByteBuffer(bytes: $0) })
        }
        let response = try await client.execute(message, deadline: .distantFuture)
        let headers = response.headers
        return RawAnswer(
            status: Int(response.status.code), contentType: headers.first(name: "content-type"),
            requestID: (headers.first(name: "x-request-id") ?? headers.first(name: "cf-ray")).flatMap(Self.visible),
            retryAfter: headers.first(name: "retry-after"), location: headers.first(name: "location"),
            body: try await Self.collect(response.body, limit: request.limit))
    }

    private static func collect(_ body: HTTPClientResponse.Body, limit: Int) async throws -> SecretBytes {
        var parts: [ByteBuffer] = []
        var count = 0
        for try await part in body {
            count += part.readableBytes
            guard count <= limit else { throw SendingFailure.tooLarge(limit: limit) }
            parts.append(part)
        }
        return SecretBytes(count: count) { bytes in
            var offset = 0
            for part in parts {
                part.withUnsafeReadableBytes {
                    UnsafeMutableRawBufferPointer(rebasing: bytes[offset...]).copyMemory(from: $0)
                    offset += $0.count
                }
            }
        }
    }

    /// A request id that can be shown.
    private static func visible(_ text: String) -> String? {
        (1...128).contains(text.utf8.count) && text.utf8.allSatisfy(\.isASCIIVisible) ? text : nil
    }
}
