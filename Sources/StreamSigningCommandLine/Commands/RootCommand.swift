package import ArgumentParser

/// The root of the command line in both programs: it only names the subcommands, some of which depend on the build.
package protocol RootCommand: IllustratedCommand {
    /// Nil in a program without a network client.
    static var network: NetworkClient? { get }
    /// The commands that need a store, in the order of ``ServiceCommand``.
    static var serviceCommands: [any ParsableCommand.Type] { get }
}

extension RootCommand {
    package static var examples: String {
        """
        streamsign key generate --out key.json
        streamsign url ea95132c15732412d22c1476fa83f27a --key key.json --customer f33zs165nr7gyfy4
        streamsign verify URL --keys key.json
        """
    }

    package static var configuration: CommandConfiguration {
        CommandConfiguration(
            commandName: "streamsign",
            abstract: "Signs playback URLs for video, and checks them.",
            discussion: """
                Exit status: 0 done or accepted, 1 refused, 2 a key, file or value that cannot be used, 3 the service \
                or the network failed, 64 wrong usage. Data goes to stdout, everything else to stderr.
                """,
            version: "0.1.0",
            subcommands: [
                KeyCommand.self, TokenCommand.self, URLCommand.self, CookieCommand.self, VerifyCommand.self,
                ExplainCommand.self, InspectCommand.self,
            ] + (network?.commands ?? []) + serviceCommands)
    }
}
