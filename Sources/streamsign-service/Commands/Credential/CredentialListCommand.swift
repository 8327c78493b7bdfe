internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Lists the valid credentials.
struct CredentialListCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the credentials that are not revoked.",
        discussion: "Shows ids, roles, accounts and times. The credentials themselves cannot be listed.")

    @OptionGroup
    var data: DataOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Only those of this account.", valueName: "id"))
    var account: String?

    @Flag(help: "Write one JSON object per line.")
    var json = false

    func run() throws {
        let account = try account.map { try AccountID(option: $0) }
        try data.withStore { store in
            var output: [UInt8] = []
            let reading = try await store.readCredentials()
            for credential in reading.credentials where account == nil || credential.account == account {
                describe(credential, into: &output)
            }
            try StandardOutput.write(output)
            for problem in reading.problems { StandardError.note("\(problem): `streamsign store check` says more") }
        }
    }

    private func describe(_ credential: StoredCredential, into output: inout [UInt8]) {
        let role = credential.role.rawValue
        guard json else {
            let padding = String(repeating: " ", count: 5 - role.utf8.count)
            output +=
                "\(credential.id.rawValue)  \(role)\(padding)  \(credential.created)  \(credential.account)\n".utf8
            return
        }
        output.appendJSON {
            $0.member("id", credential.id.rawValue)
            $0.member("account", credential.account.rawValue)
            $0.member("role", role)
            $0.member("created", credential.created)
        }
    }
}

extension CredentialListCommand: IllustratedCommand {
    static let examples = """
        streamsign credential list --data /var/lib/streamsign
        streamsign credential list --data DIR --account ACCOUNT --json | jq -r .id
        """
}
