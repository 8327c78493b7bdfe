internal import ArgumentParser
internal import StreamSigningCommandLine

/// The program that signs, verifies and uses APIs. It hands commands that need a store to ``ServiceProgram``.
@main
struct Streamsign: RootCommand {
    #if Service
        static let configuration = CommandConfiguration.root(serviceCommands: ListedCommands.all)

        static func main() {
            CommandLineProgram(Self.self).run(handOver: ServiceProgram.takeOver)
        }
    #else
        static let configuration = CommandConfiguration.root(serviceCommands: [])

        static func main() {
            CommandLineProgram(Self.self).run()
        }
    #endif
}
