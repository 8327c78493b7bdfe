package import StreamSigning

/// A file with key material, named in every message about it.
package struct KeyFile {
    let path: String
    private let contents: [UInt8]

    /// - Parameter path: `-` is standard input.
    package init(_ path: String) throws(CommandFailure) {
        self.path = Self.name(path)
        do throws(CommandFailure) {
            contents = try FileContents.read(path)
        } catch {
            throw Self.mayBeKey(path) ? .unusable("'\(path.prefix(16))…'", "name the file that holds the key") : error
        }
    }

    /// What messages call it.
    static func name(_ path: String) -> String { path == "-" ? "standard input" : path }

    /// Whether the name of a missing file may be the text of a key instead. Such a text is not shown.
    private static func mayBeKey(_ path: String) -> Bool {
        path.utf8.count > 255 || path.contains("-----BEGIN") || path.hasPrefix("{")
    }

    /// - Parameters:
    ///   - path: where the key material is from.
    ///   - contents: what was found there.
    init(path: String, contents: [UInt8]) {
        self.path = path
        self.contents = contents
    }

    /// - Parameters:
    ///   - id: the key's id, whatever the file says; of a set with several keys, the one of this id.
    ///   - signsOnce: whether its one signature may be what proves it.
    package func signingKey(id: KeyID?, signsOnce: Bool = false) throws(CommandFailure) -> SigningKey {
        var limits = KeyLimits()
        limits.defersProof = signsOnce
        do {
            return try SigningKey(importing: contents, id: id, limits: limits)
        } catch {
            throw .unusable(path, error.reason)
        }
    }

    /// The key's public half, chosen and named as ``signingKey(id:)`` does.
    package func verificationKey(id: KeyID?) throws(CommandFailure) -> VerificationKey {
        do {
            return try VerificationKey(importing: contents, id: id)
        } catch {
            throw .unusable(path, error.reason)
        }
    }

    /// All keys of the file. Those of a set that cannot be used are passed over with a note.
    /// - Parameter id: the id of a key that has none.
    func keySet(defaultID id: KeyID? = nil) throws(CommandFailure) -> KeySet {
        let set: KeySet
        do {
            set = try KeySet(importing: contents, defaultID: id)
        } catch {
            throw .unusable(path, error.reason)
        }
        notePassedOver(set.ignored)
        return set
    }

    /// The key that an id picks or names, or all keys if there is no id.
    func keySet(of id: KeyID?) throws(CommandFailure) -> KeySet {
        guard let id else { return try keySet() }
        let key = try verificationKey(id: id)
        do {
            return try KeySet([key])
        } catch {
            throw .unusable(path, error.reason)
        }
    }

    private func notePassedOver(_ keys: [KeyError]) {
        let limit = 10
        for key in keys.prefix(limit) { StandardError.note("\(path): passed over \(key.reason)") }
        guard keys.count > limit else { return }
        StandardError.note("\(path): passed over \(keys.count - limit) more keys that cannot be used")
    }

    /// Notes that the key's id was computed, because the file has none.
    package func noteDerivedID(_ id: KeyID) {
        StandardError.note(
            "\(path) carries no key id; using \(id), from its thumbprint: pass --key-id with the id that Stream gave")
    }
}
