internal import ArgumentParser
internal import StreamSigningCommandLine

/// The program that carries out everything, as one command line: what takes a store, and what `streamsign` does itself, so that
/// help and completions can be made from one place.
@main
struct Streamsign: RootCommand {
    static let configuration = CommandConfiguration.root(serviceCommands: [
        ServeCommand.self, CredentialCommand.self, AuditCommand.self, StoreCommand.self, MasterKeyCommand.self,
    ])

    static func main() {
        CommandLineProgram(Self.self).run()
    }
}
