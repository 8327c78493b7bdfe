import StreamSigning
import StreamSigningHTTP
import StreamSigningOperations
import StreamSigningStore
import StreamSigningThreads
import StreamSigningWire

extension APIEndpoints {
    /// `POST …/stream/revocations`. With `?wait=nodes` the answer comes when every node refuses what was revoked.
    func revoke(
        _ account: AccountID, _ body: RequestBodyText, _ caller: KeyOperations.Caller, waits: Bool
    ) async throws -> HTTPAnswer {
        let batch = try await read(body, of: account, RevocationBatch.init(reading:))
        // A thousand of them are too much for a thread that answers others.
        return try await withTaskExecutorPreference(WorkThreads.answers) {
            let (added, number) = try await revocations.revoke(batch, in: account, by: caller)
            if waits { await keys.agreement.wait(for: number) }
            return .envelope(Envelope.success { batch.writeResult(added, into: &$0) })
        }
    }

    /// `GET …/stream/revocations`
    func listRevocations(_ account: AccountID, _ parameters: RequestQuery) async throws -> HTTPAnswer {
        let query: RevocationQuery
        do throws(WireProblem) {
            query = try RevocationQuery(reading: { parameters[$0] })
        } catch {
            throw APIError(error)
        }
        return .envelope(try await revocations.list(account, query).envelope())
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
