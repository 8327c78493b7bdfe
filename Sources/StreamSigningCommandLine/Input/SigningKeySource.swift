internal import ArgumentParser
internal import StreamSigning

/// Where the key that signs is, and its id.
struct SigningKeySource {
    /// `-` is standard input; nil if no file was named.
    let path: String?
    private let id: String?

    /// - Parameters:
    ///   - file: the value of `--key`; the environment decides if it is nil.
    ///   - id: the value of `--key-id`.
    init(file: String?, id: String?) {
        path = file ?? Environment["STREAMSIGN_KEY_FILE"]
        self.id = id
    }

    /// - Parameter signsOnce: see ``KeyFile/signingKey(id:signsOnce:)``.
    func load(signsOnce: Bool) throws -> SigningKey {
        guard let path else {
            throw ValidationError("Missing expected argument '--key <file>' (or the environment's STREAMSIGN_KEY_FILE)")
        }
        let id = try OptionValue("--key-id", id)?.converted(KeyID.init)
        let file = try KeyFile(path)
        let key = try file.signingKey(id: id, signsOnce: signsOnce)
        if key.hasDerivedID { file.noteDerivedID(key.id) }
        return key
    }

    /// A key whose one signature is its proof may turn out to be at fault.
    func failure(_ error: KeyError) -> CommandFailure {
        .unusable(error.code == .inconsistent ? path.map(KeyFile.name) ?? "the key" : "this token", error.reason)
    }
}
