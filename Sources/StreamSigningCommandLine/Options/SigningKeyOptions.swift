internal import ArgumentParser

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

    var source: SigningKeySource { SigningKeySource(file: key, id: keyID) }
}
