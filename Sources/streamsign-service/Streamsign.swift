internal import ArgumentParser
internal import StreamSigningCommandLine

/// The program with the whole command line: the commands that need a store, and those of `streamsign` itself, so that help and
/// completions come from one place.
@main
struct Streamsign: RootCommand {
    static let configuration = CommandConfiguration.root(serviceCommands: [
        ServeCommand.self, CredentialCommand.self, AuditCommand.self, StoreCommand.self, MasterKeyCommand.self,
        KeyIDCommand.self,
    ])

    static func main() {
        CommandLineProgram(Self.self).run()
    }
}
