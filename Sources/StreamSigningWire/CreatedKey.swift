public import StreamSigning

/// The answer to a create: a key whose private half nobody else has, and which the service never shows again.
public struct CreatedKey: Sendable {
    /// The `kid` of the tokens it signs.
    public let id: KeyID
    /// When it was created.
    public let created: NumericDate
    /// The key, ready to sign with.
    public let key: SigningKey
    /// The answer's `result` as it came, `{"id":…,"pem":…,"jwk":…,"created":…}`: what to store.
    public let material: SecretBytes

    /// Reads the `result`; the id, `pem` and `jwk` must belong together.
    package init(reading value: JSONValue?) throws(WireProblem) {
        let item = try KeyListItem(reading: value)
        guard let value else { throw WireProblem("there is no `result`", at: "/result") }
        for (name, member) in [("pem", value["pem"]), ("jwk", value["jwk"])] where member?.kind != .string {
            throw WireProblem("not a string", at: "/result/\(name)")
        }
        do throws(KeyError) {
            key = try SigningKey(importing: value.source)
        } catch {
            throw WireProblem(error.reason, at: "/result")
        }
        id = item.id
        created = item.created
        material = SecretBytes(copying: UnsafeRawBufferPointer(value.source))
    }

    /// A key that was just made, and the `result` that tells its owner.
    package init(key: SigningKey, created: NumericDate) throws(KeyError) {
        id = key.id
        self.created = created
        self.key = key
        material = try key.streamJSON(created: created)
    }

    /// Writes the `result`.
    package func write(into writer: inout JSONWriter) {
        writer.raw(material)
    }
}
