internal import ArgumentParser
internal import StreamSigning

/// Shows the public half of keys.
struct KeyShowCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "show", abstract: "Show the public half of a key, or of every key in a JWKS.",
        discussion: """
            It never shows a private key, even if the file holds one. Keys of a JWKS that cannot be used are passed over, and a \
            note on stderr says which and why.
            """)

    @Argument(help: "The key, in any form; '-' is stdin.", completion: .file())
    var file: String

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The key's id, instead of the file's; of a set, show the key of this id.", valueName: "id"))
    var keyID: String?

    @Flag(help: "Show the public half, which is the default.")
    var `public` = false

    @Flag(help: "Write a JWK Set, for verifiers.")
    var jwks = false

    @Option(
        name: .customLong("for"), parsing: .unconditional,
        help: ArgumentHelp(
            "Write the key file of another program: ats, for uri_signing of Apache Traffic Server.",
            valueName: "program"))
    var program: KeyFileProgram?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("With --for ats: the issuer of the tokens.", valueName: "name"))
    var issuer: String?

    @Flag(help: "Write JSON: an object, or {\"keys\":[…]} for several keys.")
    var json = false

    /// A program whose key files are written.
    enum KeyFileProgram: String, ExpressibleByArgument, CaseIterable {
        case ats
    }

    func validate() throws {
        guard (program == nil) == (issuer == nil) else { throw ValidationError("--for ats and --issuer go together") }
        guard program == nil || !jwks && !json else { throw ValidationError("--for excludes --jwks and --json") }
    }

    func run() throws {
        let id = try OptionValue("--key-id", keyID)?.converted(KeyID.init)
        let file = try KeyFile(file)
        let set = try file.keySet(of: id)
        let keys = set.keys.sorted { $0.id.rawValue < $1.id.rawValue }
        guard !keys.isEmpty else { throw CommandFailure.unusable(file.path, "the JWKS holds no key") }
        if jwks || program != nil {
            for key in keys where key.hasDerivedID { file.noteDerivedID(key.id) }
        }
        let text: String
        do {
            text = try describe(set, keys)
        } catch {
            throw CommandFailure.unusable(file.path, error.reason)
        }
        try StandardOutput.print(text)
    }

    private func describe(_ set: KeySet, _ keys: [VerificationKey]) throws(KeyError) -> String {
        if let issuer { return try TrafficServerKeyFile(issuer: issuer, keys: keys).json }
        guard !jwks else { return try set.jwks() }
        let descriptions = try keys.map { (key) throws(KeyError) in try KeyDescription(key) }
        return json ? KeyDescription.json(descriptions) : descriptions.map(\.text).joined(separator: "\n")
    }
}

extension KeyShowCommand: IllustratedCommand {
    static let examples = """
        streamsign key show key.json
        streamsign key show key.json --public --jwks >jwks.json
        streamsign key show jwks.json --key-id ID
        streamsign key show key.json --for ats --issuer studio >keys.json
        streamsign key show jwks.json --json | jq -r '(.keys // [.])[].id'
        """
}
