internal import ArgumentParser
internal import StreamSigningCommandLine

#if Client
    internal import StreamSigningRemote
#endif

/// The program with the whole command line: the commands that need a store, and those of `streamsign` itself, so that help and
/// completions come from one place.
@main
struct Streamsign: RootCommand {
    #if Client
        static let network: NetworkClient? = .remote
    #else
        static let network: NetworkClient? = nil
    #endif

    static let serviceCommands: [any ParsableCommand.Type] = [
        ServeCommand.self, CredentialCommand.self, AuditCommand.self, StoreCommand.self, MasterKeyCommand.self,
        KeyIDCommand.self,
    ]

    static func main() {
        CommandLineProgram(Self.self).run()
    }
}
