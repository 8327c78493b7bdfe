internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Makes a credential and shows it, which happens only once.
struct CredentialCreateCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a credential, and show it this one time.",
        discussion: """
            Only the credential goes to stdout. Clients send it as 'Authorization: Bearer CREDENTIAL'. The service keeps only \
            its hash, so the credential cannot be shown again.
            """)

    /// What the holder may do, by its name on the command line.
    enum Role: String, CaseIterable, ExpressibleByArgument {
        case read, write, feed
    }

    @OptionGroup
    var data: DataOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "The account it is valid for: 1 to 32 letters, digits, '-' and '_'. Not with feed, which is valid for all.",
            valueName: "id"))
    var account: String?

    @Option(
        help: """
            What it allows: read lists keys; write also creates, imports and deletes them and signs tokens; feed lets a \
            gate without a database follow the public keys of all accounts, and nothing else.
            """)
    var role: Role

    func validate() throws {
        guard role != .feed else {
            guard account == nil else { throw ValidationError("--role feed takes no --account") }
            return
        }
        guard account != nil else { throw ValidationError("Missing expected argument '--account <id>'") }
    }

    func run() throws {
        let account: AccountID = if let account { try AccountID(option: account) } else { .all }
        let role: StoredCredential.Role =
            switch role {
            case .read: .read
            case .write: .write
            case .feed: .feed
            }
        try data.withStore(mayCreate: true) { store in
            let now = Clock.now
            let new: NewCredential
            do throws(KeyError) {
                new = try NewCredential(account: account, role: role, at: now)
            } catch {
                throw CommandFailure.unusable("this machine", error.reason)
            }
            let id = new.stored.id
            try await store.insert(new.stored, audit: event(.credentialCreated, new.stored, now).adding(new.stored))
            do throws(CommandFailure) {
                try StandardOutput.print(new.secret)
            } catch {
                // The user did not get it, so nobody may use it.
                try await store.revoke(id, at: now, audit: event(.credentialRevoked, new.stored, now))
                throw error
            }
            StandardError.print(
                "made credential \(id.rawValue), \(role.rawValue), account \(account): it is not shown again")
        }
    }

    private func event(
        _ action: AuditEvent.Action, _ credential: StoredCredential, _ time: NumericDate
    ) -> AuditEvent {
        .byOperator(action, of: credential.id.rawValue, in: credential.account, at: time)
    }
}

extension AccountID {
    /// The value of `--account`.
    init(option text: String) throws {
        self = try OptionValue("--account", text)
            .converted(expecting: "an account id: 1 to 32 ASCII letters, digits, '-' and '_'") { AccountID($0) }
    }
}

extension CredentialCreateCommand: IllustratedCommand {
    static let examples = """
        streamsign credential create --data /var/lib/streamsign --account ACCOUNT --role write
        (umask 077; streamsign credential create --data DIR --account ACCOUNT --role read >credential)
        (umask 077; streamsign credential create --data DIR --role feed >feed-token)
        """
}
