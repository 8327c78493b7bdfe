internal import ArgumentParser
internal import StreamSigningCommandLine

/// The program that signs, verifies and asks services. What takes a store, it leaves to the program beside it.
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
