import ArgumentParser

/// The command line's root: it only names the subcommands.
@main
struct Streamsign: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "streamsign",
        abstract: "Issues signed playback URLs and checks them.",
        subcommands: []
    )
}
