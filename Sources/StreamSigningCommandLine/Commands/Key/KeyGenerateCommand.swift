internal import ArgumentParser
internal import StreamSigning

/// Makes a key on this machine, in the JSON of Stream's API.
struct KeyGenerateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "generate", abstract: "Make a new signing key, in the JSON of Stream's API.",
        discussion: "The file holds the private key: anyone who can read it can sign for any video. It gets mode 0600."
    )

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The key's size in bits, an even number from 2048 to 8192. (default: 2048)", valueName: "number"))
    var bits: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("The key's id; by default 32 random hexadecimal digits.", valueName: "id"))
    var keyID: String?

    @OptionGroup
    var output: OutputFileOptions

    @Flag(help: "Write JSON, which is the default.")
    var json = false

    func run() throws {
        let bits = try OptionValue("--bits", bits)?.keySize() ?? 2048
        let id = try OptionValue("--key-id", keyID)?.converted(KeyID.init)
        // Before the key is made, which takes long for a large one.
        try output.check()
        let key: SigningKey
        let text: SecretBytes
        do throws(KeyError) {
            key = try SigningKey.generate(id: id, bits: bits)
            text = try key.streamJSON(created: Clock.now)
        } catch {
            throw CommandFailure.unusable("this machine", error.reason)
        }
        guard let path = try output.write(text) else { return }
        StandardError.print("wrote key \(key.id) to \(path), which only you may read: keep it secret")
        StandardError.print("next: streamsign token VIDEO --key \(path)")
    }
}

extension OptionValue {
    fileprivate func keySize() throws -> Int {
        let bits = try integer(2048...8192)
        guard bits.isMultiple(of: 2) else {
            throw unusable("a key has an even number of bits: write \(bits - 1) or \(bits + 1)")
        }
        return bits
    }
}

extension KeyGenerateCommand: IllustratedCommand {
    static let examples = """
        streamsign key generate --out key.json
        streamsign key generate --bits 4096 --key-id studio-2026 --out key.json
        """
}
