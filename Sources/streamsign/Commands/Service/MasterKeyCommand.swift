#if Service
    internal import ArgumentParser

    /// The commands about the key that seals the service's own secrets.
    struct MasterKeyCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "master-key", abstract: "Change the key that the service's own secrets are sealed with.",
            subcommands: [MasterKeyRotateCommand.self])
    }

    extension MasterKeyCommand: IllustratedCommand {
        static let examples = """
            streamsign master-key rotate --data /var/lib/streamsign
            """
    }
#endif
