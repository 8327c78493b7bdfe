internal import ArgumentParser
internal import StreamSigningCommandLine

#if Client
    internal import StreamSigningRemote
#endif

/// The program that signs, verifies and uses APIs. It hands commands that need a store to ``ServiceProgram``.
@main
struct Streamsign: RootCommand {
    #if Client
        static let network: NetworkClient? = .remote
    #else
        static let network: NetworkClient? = nil
    #endif

    #if Service
        static let serviceCommands = ListedCommands.all

        static func main() {
            CommandLineProgram(Self.self).run(handOver: ServiceProgram.takeOver)
        }
    #else
        static let serviceCommands: [any ParsableCommand.Type] = []

        static func main() {
            CommandLineProgram(Self.self).run()
        }
    #endif
}
