internal import ArgumentParser

/// The command line's root: it only names the subcommands.
struct Streamsign: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "streamsign",
        abstract: "Signs playback URLs for video, and checks them.",
        discussion: """
            Exit status: 0 done or accepted, 1 refused, 2 a key, file or value that cannot be used, 3 the service \
            or the network failed, 64 wrong usage. Data goes to stdout, everything else to stderr.
            """,
        version: "0.1.0",
        subcommands: [
            KeyCommand.self, TokenCommand.self, URLCommand.self, VerifyCommand.self, ExplainCommand.self,
            InspectCommand.self,
        ] + clientCommands + serviceCommands
    )
}

extension Streamsign: IllustratedCommand {
    static let examples = """
        streamsign key generate --out key.json
        streamsign url ea95132c15732412d22c1476fa83f27a --key key.json --customer f33zs165nr7gyfy4
        streamsign verify URL --keys key.json
        """
}
