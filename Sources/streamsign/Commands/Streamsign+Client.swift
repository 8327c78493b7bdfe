internal import ArgumentParser

extension Streamsign {
    /// What asks a service, wherever it runs.
    static var clientCommands: [any ParsableCommand.Type] {
        #if Client
            [RemoteCommand.self]
        #else
            []
        #endif
    }
}
