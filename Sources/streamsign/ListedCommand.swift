internal import ArgumentParser
internal import StreamSigningCommandLine

/// A command of the service in the list of commands: its name and what it is for.
protocol ListedCommand: ParsableCommand {
    static var command: ServiceCommand { get }
}

extension ListedCommand {
    static var configuration: CommandConfiguration { CommandConfiguration(command) }

    func run() throws {
        throw ServiceProgram.execute(for: Self.command)
    }
}

/// One type for each command, because ArgumentParser tells commands apart by their types.
enum ListedCommands {
    static let all: [any ParsableCommand.Type] = [
        Serve.self, Credential.self, Audit.self, Store.self, MasterKey.self, KeyID.self,
    ]

    private struct Serve: ListedCommand { static let command = ServiceCommand.serve }
    private struct Credential: ListedCommand { static let command = ServiceCommand.credential }
    private struct Audit: ListedCommand { static let command = ServiceCommand.audit }
    private struct Store: ListedCommand { static let command = ServiceCommand.store }
    private struct MasterKey: ListedCommand { static let command = ServiceCommand.masterKey }
    private struct KeyID: ListedCommand { static let command = ServiceCommand.keyID }
}
