internal import StreamSigning

/// A file with key material, named in every message about it.
struct KeyFile {
    let path: String
    private let contents: [UInt8]

    /// - Parameter path: `-` is standard input.
    init(_ path: String) throws(CommandFailure) {
        self.path = path == "-" ? "standard input" : path
        contents = try FileContents.read(path)
    }

    func signingKey(id: KeyID?) throws(CommandFailure) -> SigningKey {
        do {
            return try SigningKey(importing: contents, id: id)
        } catch {
            throw .unusable(path, error.reason)
        }
    }

    /// - Parameter id: the name of a key that carries none.
    func keySet(defaultID id: KeyID?) throws(CommandFailure) -> KeySet {
        do {
            return try KeySet(importing: contents, defaultID: id)
        } catch {
            throw .unusable(path, error.reason)
        }
    }

    /// The key's public half under a name of the user's choice.
    func verificationKey(id: KeyID?) throws(CommandFailure) -> VerificationKey {
        do {
            return try VerificationKey(importing: contents, id: id)
        } catch {
            throw .unusable(path, error.reason)
        }
    }

    /// What to know of an id that nobody gave the key.
    func noteDerivedID(_ id: KeyID) {
        StandardError.note(
            "\(path) carries no key id; using \(id), from its thumbprint: pass --key-id with the id that Stream gave")
    }
}
