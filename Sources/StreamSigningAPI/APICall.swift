import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningStore

/// One request to the API, and what is known of it so far.
struct APICall: Sendable {
    /// Empty for bytes that could not be read as a request.
    let head: HTTPRequestHead
    /// The client's address; nil if it is not known.
    let address: IPAddress?
    /// As it is in the request, without the query.
    let path: Substring
    let id = RequestID.make()
    let started = ContinuousClock.now
    /// The route's name in metrics and log, never text from the request.
    var template = "none"
    var credential: CredentialID?

    init(_ head: HTTPRequestHead, from address: IPAddress?) {
        self.head = head
        self.address = address
        var uri = head.uri
        // A target without a path matches no route.
        path = uri.withUTF8 { bytes in
            Substring(decoding: RequestTarget(UnsafeRawBufferPointer(bytes))?.path ?? .init(bytes), as: UTF8.self)
        }
    }

    /// For bytes that could not be read as a request.
    init(from address: IPAddress?) {
        self.init(HTTPRequestHead(version: .http1_1, method: .RAW(value: "-"), uri: ""), from: address)
    }

    var query: RequestQuery {
        var uri = head.uri
        return uri.withUTF8 { bytes in
            let target = RequestTarget(UnsafeRawBufferPointer(bytes))
            return RequestQuery(target.map { String(decoding: $0.query, as: UTF8.self) } ?? "")
        }
    }

    /// Who made the request, for the audit log.
    /// - Throws: 401 if it had no valid credential.
    func caller() throws(APIError) -> KeyOperations.Caller {
        guard let credential else { throw .unauthenticated }
        return KeyOperations.Caller(credential: credential, address: address?.description)
    }
}
