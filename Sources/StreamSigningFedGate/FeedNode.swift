internal import AsyncHTTPClient
internal import NIOCore
internal import NIOHTTP1
import StreamSigningClient
import StreamSigningGate
import StreamSigningHTTP
import StreamSigningStore
internal import StreamSigningThreads

/// A node that feeds a gate, and how the gate speaks to it.
struct FeedNode: Sendable {
    let address: FeedAddress
    private let credential: FeedCredential
    /// One for each node: some may be behind a proxy, and others not.
    private let client: HTTPClient

    struct Answer {
        let status: HTTPResponseStatus
        let headers: HTTPHeaders
        let body: ByteBuffer
    }

    /// - Throws: ``ServiceFailure`` if the connections' certificates or proxies cannot be used.
    init(
        _ address: FeedAddress, credential: FeedCredential, through connections: OutboundConnections
    ) throws(ServiceFailure) {
        self.address = address
        self.credential = credential
        let configuration: HTTPClient.Configuration
        do throws(ClientError) {
            // Less than half of the shortest staleness that a gate runs with: a node that is silent leaves time for the next.
            configuration = try connections.clientConfiguration(for: address.url, connectTimeout: .milliseconds(500))
        } catch {
            throw ServiceFailure(address.url, error.reason)
        }
        // Not the gate's event loops: what viewers ask of those must not delay the keys.
        client = HTTPClient(
            eventLoopGroupProvider: .shared(NodeThread.following.group), configuration: configuration)
    }

    /// Ends its connections.
    func close() {
        client.shutdown { _ in }
    }

    /// - Parameters:
    ///   - path: below the feed's, perhaps with a query.
    ///   - limit: bytes of the answer.
    /// - Throws: ``StoreError``: `unavailable` if the node does not answer within two seconds.
    func get(_ path: String, _ fields: [(String, String)], limit: Int) async throws(StoreError) -> Answer {
        try await exchange(request(.GET, path, fields), limit: limit)
    }

    /// Sends JSON.
    /// - Returns: the answer's body, of at most 64 KiB.
    /// - Throws: ``StoreError``: `unavailable` if the node does not answer within two seconds, or another than 200.
    func post(_ body: [UInt8], to path: String) async throws(StoreError) -> ByteBuffer {
        var request = request(.POST, path, [("content-type", "application/json")])
        request.body = .bytes(body)
        let answer = try await exchange(request, limit: 1 << 16)
        guard answer.status == .ok else {
            throw StoreError(.unavailable, "\(request.url) answers \(answer.status.code)")
        }
        return answer.body
    }

    private func request(_ method: HTTPMethod, _ path: String, _ fields: [(String, String)]) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: "\(address.url)/client/v4/feed\(path)")
        request.method = method
        request.headers.add(name: "authorization", value: credential.header)
        request.headers.add(name: "accept", value: "application/json")
        request.headers.add(contentsOf: fields)
        return request
    }

    /// The whole answer is read, so that the connection is free again.
    private func exchange(_ request: HTTPClientRequest, limit: Int) async throws(StoreError) -> Answer {
        do {
            let response = try await client.execute(request, timeout: .seconds(2))
            let body = try await response.body.collect(upTo: limit)
            return Answer(status: response.status, headers: response.headers, body: body)
        } catch {
            throw StoreError(.unavailable, "\(address.url): \(error)")
        }
    }
}
