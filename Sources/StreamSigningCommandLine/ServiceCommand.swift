package import ArgumentParser

/// A command that works on a service's data. Both programs list it; `streamsign-service` carries it out.
package enum ServiceCommand: String, CaseIterable, Sendable {
    case serve
    case credential
    case audit
    case store
    case masterKey = "master-key"
    case keyID = "key-id"

    /// What the command is for, in the list of commands and above its own help.
    package var abstract: String {
        switch self {
        case .serve: "Run the key service: Stream's API for signing keys and tokens."
        case .credential: "Make, list and revoke the service's credentials."
        case .audit: "Show who did what to which key or credential, and when."
        case .store: "Check the key store, and copy it into another one."
        case .masterKey: "Change the key that the service's own secrets are sealed with."
        case .keyID: "Say which account has a key id, and free the id of a deleted key."
        }
    }
}

extension CommandConfiguration {
    package init(
        _ command: ServiceCommand, discussion: String = "", subcommands: [any ParsableCommand.Type] = []
    ) {
        self.init(
            commandName: command.rawValue, abstract: command.abstract, discussion: discussion,
            subcommands: subcommands)
    }
}
