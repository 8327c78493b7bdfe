import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningStore

/// One request to the API, and what it turned out to be.
struct APICall: Sendable {
    /// Empty of what is no request.
    let head: HTTPRequestHead
    /// The client's, as text.
    let address: String?
    /// As it stands in the request, without query.
    let path: Substring
    let id = RequestID.make()
    let started = ContinuousClock.now
    /// For metrics and log: a name of ours, never text of the request's.
    var template = "none"
    var credential: CredentialID?

    init(_ head: HTTPRequestHead, from address: String?) {
        self.head = head
        self.address = address
        var uri = head.uri
        // What has no path is no route, whatever it is.
        path = uri.withUTF8 { bytes in
            Substring(decoding: RequestTarget(UnsafeRawBufferPointer(bytes))?.path ?? .init(bytes), as: UTF8.self)
        }
    }

    /// Of what is no request.
    init(from address: String?) {
        self.init(HTTPRequestHead(version: .http1_1, method: .RAW(value: "-"), uri: ""), from: address)
    }

    var query: RequestQuery {
        var uri = head.uri
        return uri.withUTF8 { bytes in
            let target = RequestTarget(UnsafeRawBufferPointer(bytes))
            return RequestQuery(target.map { String(decoding: $0.query, as: UTF8.self) } ?? "")
        }
    }

    /// Who asks, for the audit log.
    /// - Throws: 401 if nobody was let in.
    func caller() throws(APIError) -> KeyService.Caller {
        guard let credential else { throw .unauthenticated }
        return KeyService.Caller(credential: credential, address: address)
    }
}
