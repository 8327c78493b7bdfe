import NIOHTTP1
import StreamSigning
import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningStore
import StreamSigningWire

extension APIEndpoints {
    /// `POST …/stream/keys`
    func create(_ account: AccountID, _ body: RequestBodyText, _ caller: KeyOperations.Caller) async throws
        -> HTTPAnswer
    {
        switch try await read(body, of: account, KeyRequest.init(reading:)) {
        case .create:
            let created = try await keys.create(in: account, by: caller)
            return .envelope(Envelope.success { created.write(into: &$0) })
        case .importing(let material, let id, let proof, let pointer):
            let item = try await keys.importKey(
                material, id: id, proof: proof, at: pointer, into: account, by: caller)
            return .envelope(Envelope.success { item.write(into: &$0) })
        }
    }

    /// `GET …/stream/keys`
    func list(_ account: AccountID) async throws -> HTTPAnswer {
        let items = try await keys.list(account)
        guard items.count > Self.shortList else { return .envelope(Self.listed(items)) }
        return .envelope(try await keys.work.run(for: account) { Self.listed(items) })
    }

    /// The most keys that are listed on an event loop.
    private static let shortList = 100

    private static func listed(_ items: [KeyListItem]) -> [UInt8] {
        Envelope.success { KeyListItem.writeAll(items, into: &$0) }
    }

    /// `GET …/stream/keys/{identifier}`
    func key(_ identifier: String, _ account: AccountID) async throws -> HTTPAnswer {
        let item = try await keys.key(identifier, of: account)
        return .envelope(Envelope.success { item.writeDetails(into: &$0) })
    }

    /// `PATCH …/stream/keys/{identifier}`. With `?wait=nodes` the answer comes when the change is in force on every node.
    func update(
        _ identifier: String, _ account: AccountID, _ body: RequestBodyText, _ caller: KeyOperations.Caller, waits: Bool
    ) async throws -> HTTPAnswer {
        let request = try await read(body, of: account, KeyUpdateRequest.init(reading:))
        let (item, number) = try await keys.update(identifier, of: account, by: request, by: caller)
        if waits, let number { await keys.agreement.wait(for: number) }
        return .envelope(Envelope.success(messages: request.messages) { item.writeDetails(into: &$0) })
    }

    /// `DELETE …/stream/keys/{identifier}`. With `?wait=nodes` the answer comes when no node trusts the key any more.
    func delete(
        _ identifier: String, _ account: AccountID, _ caller: KeyOperations.Caller, waits: Bool
    ) async throws -> HTTPAnswer {
        let number = try await keys.delete(identifier, of: account, by: caller)
        if waits { await keys.agreement.wait(for: number) }
        return .envelope(Envelope.success { $0.string("Revoked") })
    }

    /// `DELETE …/stream/keys/{identifier}/unused?for=24h`: deletes a key that was not used for that long. With `wait=nodes` as
    /// ``delete(_:_:_:waits:)``.
    func deleteUnused(
        _ identifier: String, _ account: AccountID, _ query: RequestQuery, _ caller: KeyOperations.Caller
    ) async throws -> HTTPAnswer {
        let (unused, waits) = (try query.unusedTime(), try query.waitsForNodes())
        let number = try await keys.deleteUnused(identifier, for: unused, of: account, by: caller)
        if waits { await keys.agreement.wait(for: number) }
        return .envelope(Envelope.success { $0.string("Revoked") })
    }

    /// `POST …/stream/{identifier}/token`
    func token(_ video: String, _ account: AccountID, _ body: RequestBodyText) async throws -> HTTPAnswer {
        let request = try await read(body, of: account, TokenRequest.init(reading:))
        let token = try await keys.token(for: video, request, in: account, round)
        metrics.countSignature()
        return .envelope(Envelope.success { TokenResult(token: token).write(into: &$0) })
    }

    /// `GET …/stream/keys/jwks.json`: public. Caches may keep it for a minute, which is how late they may notice a deletion.
    func jwks(_ account: AccountID, _ head: HTTPRequestHead) async throws -> HTTPAnswer {
        let publication = try await keys.published.keySet(of: account)
        let fields: [(name: StaticString, value: String)] = [
            ("Content-Type", "application/jwk-set+json"), ("Cache-Control", "public, max-age=60"),
            ("ETag", publication.tag),
        ]
        let isKnown = head.headers["if-none-match"].contains { $0 == "*" || $0.contains(publication.tag) }
        return isKnown
            ? HTTPAnswer(.notModified, .none, fields)
            : HTTPAnswer(.ok, .shared(publication.text), fields)
    }
}
