internal import NIOHTTP1
public import StreamSigning
public import StreamSigningWire

extension StreamClient {
    /// Has the service make a key, whose private half it shows this once and does not keep.
    ///
    /// Never repeated once it may have arrived: a second key would be made. If the error's
    /// ``ClientError/unreadAnswer`` is set, keep it, for it may hold the key.
    /// - Throws: ``ClientError``.
    public func createKey() async throws(ClientError) -> CreatedKey {
        let outcome = try await send(APIRequest(method: .POST, url: address.keys))
        do throws(ClientError) {
            return try read(outcome) { result throws(WireProblem) in try CreatedKey(reading: result) }
        } catch {
            guard error.code == .malformedAnswer else { throw error }
            var error = error
            error.unreadAnswer = outcome.answer.body
            throw error
        }
    }

    /// Registers a key of one's own under its id, so that what it signs is accepted. Only the public half is sent.
    ///
    /// An addition of this package's service. Cloudflare ignores what it is sent and makes a new key, so a request to it
    /// is not even made.
    /// - Parameters:
    ///   - key: the key, with the id that its tokens carry.
    ///   - proof: shows that the sender has the private half, for services that want to know (``proof(of:at:)``).
    /// - Throws: ``ClientError``: among its errors ``APICode/keyExists`` if the account has the key already, and code
    ///   `unsupported` if the service does not import.
    @discardableResult
    public func importKey(_ key: VerificationKey, proof: KeyProof? = nil) async throws(ClientError) -> KeyListItem {
        guard !address.isCloudflare else {
            throw ClientError(.unsupported, "Cloudflare Stream imports no keys; it makes its own")
        }
        let outcome = try await send(
            APIRequest(method: .POST, url: address.keys, body: try Self.importBody(key, proof)))
        let (item, isNew) = try read(outcome) { result throws(WireProblem) in
            (try KeyListItem(reading: result), result?["pem"] != nil)
        }
        guard !isNew, item.id == key.id else {
            throw ClientError(
                .unsupported,
                "the service imports no keys: it made a new one, \(item.id), which nobody holds and which should be deleted"
            )
        }
        return item
    }

    /// The account's keys, oldest and newest in no promised order.
    /// - Throws: ``ClientError``.
    public func listKeys() async throws(ClientError) -> [KeyListItem] {
        let outcome = try await send(APIRequest(method: .GET, url: address.keys))
        return try read(outcome) { result throws(WireProblem) in try KeyListItem.readAll(result) }
    }

    /// Deletes a key: every URL that was signed with it stops working, for good.
    ///
    /// A repeat after an attempt whose answer was lost finds no key if that attempt worked; then the key is gone, as was
    /// asked, and this returns. Without such an attempt before it, "not found" is an error: the id is wrong.
    /// - Parameters:
    ///   - id: the key's id.
    ///   - waitsForNodes: whether to return only when every node of the service refuses what the key signed. An addition of this
    ///     package's service.
    /// - Throws: ``ClientError``: among its errors ``APICode/notFound`` if the key does not exist, and code `unsupported` if
    ///   Cloudflare Stream is to wait.
    public func deleteKey(_ id: KeyID, waitsForNodes: Bool = false) async throws(ClientError) {
        guard !waitsForNodes || !address.isCloudflare else {
            throw ClientError(.unsupported, "Cloudflare Stream does not say when every node knows of a deletion")
        }
        let url = try address.key(id) + (waitsForNodes ? "?wait=nodes" : "")
        try readDeletion(try await send(APIRequest(method: .DELETE, url: url)))
    }

    /// Reads the answer to a deletion. If an attempt whose answer was lost came before it, "not found" says that this one
    /// worked.
    func readDeletion(_ outcome: Exchange.Outcome) throws(ClientError) {
        do throws(ClientError) {
            try read(outcome) { _ throws(WireProblem) in }
        } catch {
            guard outcome.followsUnknown, error.hasErrorCode(.notFound) else { throw error }
        }
    }

    /// The account's public keys, to verify its tokens with.
    ///
    /// An addition of this package's service; it needs no credential, and is sent none.
    /// - Throws: ``ClientError``.
    public func keySet() async throws(ClientError) -> KeySet {
        let request = APIRequest(method: .GET, url: address.keySet, limit: KeySetDownload.limit)
        return try read(try await send(request, isPublic: true)) { answer throws(ClientError) in
            let bytes = try answer.contents()
            do throws(KeyError) {
                return try KeySet(importing: bytes)
            } catch {
                throw answer.malformed(WireProblem(error.reason))
            }
        }
    }

    /// What goes with the import of a key's public half into this account, where the service wants a proof that the sender
    /// has the private one. It is good for five minutes.
    /// - Parameters:
    ///   - key: the key whose public half is imported.
    ///   - time: now.
    /// - Throws: ``ClientError`` with code `invalid_argument` if the key cannot sign.
    public func proof(of key: SigningKey, at time: NumericDate) throws(ClientError) -> KeyProof {
        do throws(KeyError) {
            return try KeyProof(signing: key, for: address.account, at: time)
        } catch {
            throw ClientError(.invalidArgument, error.reason)
        }
    }

    private static func importBody(_ key: VerificationKey, _ proof: KeyProof?) throws(ClientError) -> SecretBytes {
        var writer = JSONWriter()
        do throws(KeyError) {
            KeyRequest.write(jwk: try key.jwk(), proof: proof, into: &writer)
        } catch {
            throw ClientError(.invalidArgument, error.reason)
        }
        return SecretBytes(copying: writer.bytes)
    }
}
