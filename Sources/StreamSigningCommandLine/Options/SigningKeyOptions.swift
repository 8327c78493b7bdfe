internal import ArgumentParser
internal import StreamSigning

/// Which key signs, and under which id.
struct SigningKeyOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            """
            The signing key: the API's JSON answer, PEM, JWK or base64 of one of them; '-' is stdin. If not given: \
            STREAMSIGN_KEY_FILE.
            """, valueName: "file"),
        completion: .file())
    var key: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The key's id, instead of the file's: what Stream gave as `id`. Of a set, sign with the key of this id.",
            valueName: "id"))
    var keyID: String?

    /// The file's name, from the option or the environment.
    var path: String? { key ?? Environment["STREAMSIGN_KEY_FILE"] }

    func load() throws -> SigningKey {
        guard let path else {
            throw ValidationError("Missing expected argument '--key <file>' (or the environment's STREAMSIGN_KEY_FILE)")
        }
        let id = try OptionValue("--key-id", keyID)?.converted(KeyID.init)
        let file = try KeyFile(path)
        let key = try file.signingKey(id: id)
        if key.hasDerivedID { file.noteDerivedID(key.id) }
        return key
    }
}
