internal import ArgumentParser

extension Streamsign {
    /// What works on the data of a service on this machine.
    static var serviceCommands: [any ParsableCommand.Type] {
        #if Service
            [ServeCommand.self, CredentialCommand.self, AuditCommand.self, StoreCommand.self, MasterKeyCommand.self]
        #else
            []
        #endif
    }
}
