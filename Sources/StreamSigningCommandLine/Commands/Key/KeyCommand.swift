internal import ArgumentParser

/// The commands that make, show and convert keys.
struct KeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "key", abstract: "Make, show and convert signing keys.",
        subcommands: [KeyGenerateCommand.self, KeyShowCommand.self, KeyConvertCommand.self])
}

extension KeyCommand: IllustratedCommand {
    static let examples = """
        streamsign key generate --out key.json
        streamsign key show key.json
        streamsign key convert key.json --to pem --out key.pem
        """
}
