internal import NIOHTTP1
public import StreamSigning
public import StreamSigningWire

/// The life of a key between its creation and its deletion: an addition of this package's service. Cloudflare Stream has none of
/// it, and a request to it is not even made.
extension StreamClient {
    /// One of the account's keys.
    /// - Throws: ``ClientError``: among its errors ``APICode/notFound`` if the key does not exist.
    public func key(_ id: KeyID) async throws(ClientError) -> KeyListItem {
        try readKey(try await send(APIRequest(method: .GET, url: try stateURL(id))))
    }

    /// Refuses the tokens of a key until it is enabled again. Its deletion would refuse them for good.
    ///
    /// It is in force at the service when this returns, and on its other nodes within their bound.
    /// - Throws: ``ClientError``.
    @discardableResult
    public func disableKey(_ id: KeyID, waitsForNodes: Bool = false) async throws(ClientError) -> KeyListItem {
        try await updateKey(id, KeyUpdateRequest(isEnabled: false), waitsForNodes: waitsForNodes)
    }

    /// Lets the tokens of a disabled key in again.
    /// - Parameters:
    ///   - id: the key's id.
    ///   - expires: when that ends; nil inside for never. A key that has expired needs it.
    ///   - waitsForNodes: whether to return only when every node lets them in.
    /// - Throws: ``ClientError``.
    @discardableResult
    public func enableKey(
        _ id: KeyID, expires: NumericDate?? = nil, waitsForNodes: Bool = false
    ) async throws(ClientError) -> KeyListItem {
        try await updateKey(
            id, KeyUpdateRequest(isEnabled: true, expires: expires), waitsForNodes: waitsForNodes)
    }

    /// Gives a key a name, for people.
    /// - Parameters:
    ///   - id: the key's id.
    ///   - name: at most 100 bytes; nil for none.
    /// - Throws: ``ClientError``.
    @discardableResult
    public func renameKey(_ id: KeyID, to name: String?) async throws(ClientError) -> KeyListItem {
        try await updateKey(id, KeyUpdateRequest(name: .some(name)))
    }

    /// Says when the tokens of a key are no longer let in.
    /// - Parameters:
    ///   - id: the key's id.
    ///   - time: in the future; nil for never.
    /// - Throws: ``ClientError``.
    @discardableResult
    public func setExpiry(of id: KeyID, to time: NumericDate?) async throws(ClientError) -> KeyListItem {
        try await updateKey(id, KeyUpdateRequest(expires: .some(time)))
    }

    /// Deletes a key if no gate has let in a token of it for some time.
    ///
    /// Gates report use up to 15 seconds late. A token that was signed but never used is not known of: see
    /// ``KeyListItem/lastUsed``.
    /// - Parameters:
    ///   - id: the key's id.
    ///   - time: in whole seconds, at least 15. A key that was never used counts from its creation.
    ///   - waitsForNodes: whether the answer comes when no node trusts the key any more.
    /// - Throws: ``ClientError``: among its errors ``APICode/keyInUse`` with the time of its last use, and ``APICode/notFound`` if
    ///   the key does not exist.
    public func deleteKey(
        _ id: KeyID, unusedFor time: Duration, waitsForNodes: Bool = false
    ) async throws(ClientError) {
        let url = "\(try stateURL(id))/unused?for=\(time.units)\(waitsForNodes ? "&wait=nodes" : "")"
        try readDeletion(try await send(APIRequest(method: .DELETE, url: url)))
    }

    private func updateKey(
        _ id: KeyID, _ update: KeyUpdateRequest, waitsForNodes: Bool = false
    ) async throws(ClientError) -> KeyListItem {
        var writer = JSONWriter()
        update.write(into: &writer)
        let url = try stateURL(id) + (waitsForNodes ? "?wait=nodes" : "")
        return try readKey(
            try await send(APIRequest(method: .PATCH, url: url, body: SecretBytes(copying: writer.bytes))))
    }

    private func stateURL(_ id: KeyID) throws(ClientError) -> String {
        guard !address.isCloudflare else {
            throw ClientError(.unsupported, "Cloudflare Stream has no more of a key than its id and time")
        }
        return try address.key(id)
    }

    private func readKey(_ outcome: Exchange.Outcome) throws(ClientError) -> KeyListItem {
        try read(outcome) { result throws(WireProblem) in try KeyListItem(reading: result) }
    }
}
