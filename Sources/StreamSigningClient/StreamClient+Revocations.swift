internal import NIOHTTP1
public import StreamSigning
public import StreamSigningWire

/// Revocations of tokens whose key stays good: an addition of this package's service. Cloudflare Stream has none, and a request
/// to it is not even made.
extension StreamClient {
    /// The most revocations that one request carries.
    public static let maximumRevocationsPerRequest = RevocationBatch.maximumCount

    /// Refuses from now on one token or session, or what a viewer or a video had been given before a moment.
    ///
    /// ```swift
    /// let subject = try RevocationSubject(.viewer, "user-4711")
    /// let revocation = try await client.revoke(RevocationRequest(subject, reason: "ticket 812"))
    /// ```
    ///
    /// It is in force at the service when this returns, and on its other nodes within their bound. Not repeated once it may
    /// have arrived; should you repeat it, there may be two revocations of the subject, and both have to be lifted to let it
    /// in again.
    /// - Parameters:
    ///   - request: what to refuse.
    ///   - waitsForNodes: whether to return only when every node refuses it.
    /// - Throws: ``ClientError``.
    @discardableResult
    public func revoke(
        _ request: RevocationRequest, waitsForNodes: Bool = false
    ) async throws(ClientError) -> Revocation {
        let revocations = try await revoke([request], waitsForNodes: waitsForNodes)
        return revocations[0]
    }

    /// As ``revoke(_:waitsForNodes:)-(RevocationRequest,_)``, for several at once: all are revoked, or none.
    /// - Parameters:
    ///   - requests: at most ``maximumRevocationsPerRequest``.
    ///   - waitsForNodes: whether to return only when every node refuses them.
    /// - Returns: the revocations, in the order of the requests.
    /// - Throws: ``ClientError``; a pointer such as `/500/until` in its ``ClientError/errors`` names the request at fault.
    @discardableResult
    public func revoke(
        _ requests: [RevocationRequest], waitsForNodes: Bool = false
    ) async throws(ClientError) -> [Revocation] {
        guard !requests.isEmpty else { return [] }
        guard requests.count <= RevocationBatch.maximumCount else {
            throw ClientError(
                .invalidArgument, "one request carries at most \(RevocationBatch.maximumCount) revocations")
        }
        let batch = RevocationBatch(requests)
        var writer = JSONWriter()
        batch.write(into: &writer)
        let url = try revocationsURL() + (waitsForNodes ? "?wait=nodes" : "")
        let request = APIRequest(method: .POST, url: url, body: SecretBytes(copying: writer.bytes))
        return try read(try await send(request)) { result throws(WireProblem) in try batch.readResult(result) }
    }

    /// A page of the revocations in force, the newest first.
    /// - Parameters:
    ///   - subject: only those of this subject.
    ///   - limit: how many at most, from 1 to 1,000.
    ///   - after: the ``RevocationPage/after`` of the page before.
    /// - Throws: ``ClientError``.
    public func revocations(
        of subject: RevocationSubject? = nil, limit: Int = 100, after: RevocationID? = nil
    ) async throws(ClientError) -> RevocationPage {
        let query = RevocationQuery(subject: subject, limit: limit, after: after)
        let request = APIRequest(method: .GET, url: try revocationsURL() + query.text)
        let outcome = try await send(request)
        let page = try read(outcome) { (answer: RawAnswer) throws(ClientError) in
            try answer.readWhole { envelope throws(WireProblem) in try RevocationPage(reading: envelope) }
        }
        // With either, asking for the next page leads nowhere.
        guard page.after == nil || !page.revocations.isEmpty && page.after != after else {
            throw ClientError(.malformedAnswer, "the list of revocations has no end")
        }
        return page
    }

    /// One revocation.
    /// - Throws: ``ClientError``: among its errors ``APICode/notFound`` for one that is lifted or has ended.
    public func revocation(_ id: RevocationID) async throws(ClientError) -> Revocation {
        let request = APIRequest(method: .GET, url: try revocationsURL() + "/\(id)")
        return try read(try await send(request)) { result throws(WireProblem) in
            try Revocation(reading: result, at: "/result")
        }
    }

    /// Lifts a revocation before its time: what it refused is let in again, unless another one names it.
    ///
    /// Repeated like ``deleteKey(_:waitsForNodes:)``.
    /// - Parameters:
    ///   - id: its id.
    ///   - waitsForNodes: whether to return only when no node obeys it any more.
    /// - Throws: ``ClientError``: among its errors ``APICode/notFound`` for one that is lifted or has ended.
    public func liftRevocation(_ id: RevocationID, waitsForNodes: Bool = false) async throws(ClientError) {
        let url = try revocationsURL() + "/\(id)" + (waitsForNodes ? "?wait=nodes" : "")
        try readDeletion(try await send(APIRequest(method: .DELETE, url: url)))
    }

    /// All revocations in force, for who verifies by themselves.
    ///
    /// ```swift
    /// let verifier = TokenVerifier(keys: try await client.keySet(), revocations: try await client.revocationSet())
    /// ```
    ///
    /// Fetch it again as often as a revocation may be late.
    /// - Throws: ``ClientError``.
    public func revocationSet() async throws(ClientError) -> RevocationSet {
        var set = RevocationSet()
        var waiting: [Revocation] = []
        var after: RevocationID?
        repeat {
            let page = try await revocations(limit: RevocationQuery.maximumLimit, after: after)
            waiting += page.revocations
            after = page.after
            // Few large additions are cheaper than many small ones.
            guard after == nil || waiting.count >= 32_768 else { continue }
            set.insert(contentsOf: waiting)
            waiting = []
        } while after != nil
        return set
    }

    private func revocationsURL() throws(ClientError) -> String {
        guard !address.isCloudflare else {
            throw ClientError(.unsupported, "Cloudflare Stream revokes nothing smaller than a key")
        }
        return address.revocations
    }
}
