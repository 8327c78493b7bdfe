import StreamSigning
import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningStore
import StreamSigningWire

extension APIEndpoints {
    /// `POST …/stream/revocations`. With `?wait=nodes` the answer comes when every node refuses what was revoked.
    func revoke(
        _ account: AccountID, _ body: RequestBodyText, _ caller: KeyOperations.Caller, waits: Bool
    ) async throws -> HTTPAnswer {
        let batch = try await read(body, of: account, RevocationBatch.init(reading:))
        let (content, number) = try await revoke(batch, account, caller)
        if waits { await keys.agreement.wait(for: number) }
        return .envelope(content)
    }

    private func revoke(
        _ batch: RevocationBatch, _ account: AccountID, _ caller: KeyOperations.Caller
    ) async throws -> (content: [UInt8], number: ChangeNumber) {
        guard batch.requests.count <= Self.smallBatch else {
            // A thousand take milliseconds of the store's one writer: accounts take turns.
            return try await keys.work.run(for: account) { try await added(batch, account, caller) }
        }
        return try await added(batch, account, caller)
    }

    /// The largest batch that is carried out on an event loop.
    private static let smallBatch = 32

    private func added(
        _ batch: RevocationBatch, _ account: AccountID, _ caller: KeyOperations.Caller
    ) async throws -> (content: [UInt8], number: ChangeNumber) {
        let (added, number) = try await revocations.revoke(batch, in: account, by: caller)
        return (Envelope.success(messages: batch.messages) { batch.writeResult(added, into: &$0) }, number)
    }

    /// `GET …/stream/revocations`
    func listRevocations(_ account: AccountID, _ parameters: RequestQuery) async throws -> HTTPAnswer {
        let query: RevocationQuery
        do throws(WireProblem) {
            query = try RevocationQuery(reading: { parameters[$0] })
        } catch {
            throw APIError(error)
        }
        // A page may be long, and those that have ended a moment ago are passed over one by one.
        let page = try await keys.work.run(for: account) { try await revocations.list(account, query).envelope() }
        return .envelope(page)
    }

    /// `GET …/stream/revocations/{identifier}`
    func revocation(_ identifier: String, _ account: AccountID) async throws -> HTTPAnswer {
        let revocation = try await revocations.revocation(identifier, of: account)
        return .envelope(Envelope.success { revocation.write(into: &$0) })
    }

    /// `DELETE …/stream/revocations/{identifier}`. With `?wait=nodes` the answer comes when no node obeys it any more.
    func lift(
        _ identifier: String, _ account: AccountID, _ caller: KeyOperations.Caller, waits: Bool
    ) async throws -> HTTPAnswer {
        let number = try await revocations.lift(identifier, of: account, by: caller)
        if waits { await keys.agreement.wait(for: number) }
        return .envelope(Envelope.success { $0.string("Lifted") })
    }
}
