import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningStore
import StreamSigningWire

extension APIResponder {
    /// `POST …/stream/keys`
    func create(_ account: AccountID, _ body: RequestBodyText, _ caller: KeyService.Caller) async throws
        -> HTTPAnswer
    {
        switch try body.value(KeyRequest.init(reading:)) {
        case .create:
            let created = try await keys.create(in: account, by: caller)
            let result = try created.key.streamJSON(created: created.created)
            return .envelope(Envelope.success { $0.raw(result) })
        case .importing(let material, let id, let pointer):
            let listing = try await keys.importKey(
                material, id: id, at: pointer, into: account, by: caller)
            return .envelope(Envelope.success { listing.write(into: &$0) })
        }
    }

    /// `GET …/stream/keys`. An account without keys gets null, as from Stream.
    func list(_ account: AccountID) async throws -> HTTPAnswer {
        let listings = try await keys.list(account)
        return .envelope(
            Envelope.success { writer in
                guard !listings.isEmpty else { return writer.raw("null") }
                writer.array { list in
                    for listing in listings { listing.write(into: &list) }
                }
            })
    }

    /// `DELETE …/stream/keys/{identifier}`; with `?wait=nodes` it is answered when no node trusts the key any more.
    func delete(
        _ identifier: String, _ account: AccountID, _ caller: KeyService.Caller, waits: Bool
    ) async throws -> HTTPAnswer {
        let number = try await keys.delete(identifier, of: account, by: caller)
        if waits { await keys.agreement.wait(for: number) }
        return .envelope(Envelope.success { $0.string("Revoked") })
    }

    /// `POST …/stream/{identifier}/token`
    func token(_ video: String, _ account: AccountID, _ body: RequestBodyText) async throws -> HTTPAnswer {
        let request = try body.value(TokenRequest.init(reading:))
        let token = try await keys.token(for: video, request, in: account)
        metrics.countSignature()
        return .envelope(
            Envelope.success { writer in
                writer.object {
                    $0.name("token")
                    $0.string(token.rawValue)
                }
            })
    }

    /// `GET …/stream/keys/jwks.json`: public, and cacheable for as long as a deletion may take to be noticed by caches.
    func jwks(_ account: AccountID, _ head: HTTPRequestHead) async throws -> HTTPAnswer {
        let publication = try await keys.published.keySet(of: account)
        let fields: [(name: StaticString, value: String)] = [
            ("Content-Type", "application/jwk-set+json"), ("Cache-Control", "public, max-age=60"),
            ("ETag", publication.tag),
        ]
        let isKnown = head.headers["if-none-match"].contains { $0 == "*" || $0.contains(publication.tag) }
        return isKnown
            ? HTTPAnswer(.notModified, .none, fields)
            : HTTPAnswer(.ok, .bytes(Array(publication.text.utf8)), fields)
    }
}

extension KeyListing {
    fileprivate func write(into writer: inout JSONWriter) {
        writer.object {
            $0.name("id")
            $0.string(id.rawValue)
            $0.name("created")
            $0.string(created.description)
            $0.name("key_id")
            $0.string(id.rawValue)
        }
    }
}
