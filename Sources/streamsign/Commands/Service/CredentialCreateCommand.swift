#if Service
    internal import ArgumentParser
    internal import StreamSigning
    internal import StreamSigningService

    /// Makes a credential, and shows it this once.
    struct CredentialCreateCommand: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "create", abstract: "Make a credential, and show it this once.",
            discussion: """
                The credential alone goes to stdout. Clients send it as 'Authorization: Bearer CREDENTIAL'. The service keeps \
                its hash, from which nobody gets it back.
                """)

        /// What the holder may do, by the names it has on the command line.
        enum Role: String, CaseIterable, ExpressibleByArgument {
            case read, write
        }

        @OptionGroup
        var data: DataOptions

        @Option(
            parsing: .unconditional,
            help: ArgumentHelp("The account it is good for: 1 to 32 letters, digits, '-' and '_'.", valueName: "id"))
        var account: String

        @Option(help: "What it allows: read lists keys; write also creates, imports and deletes them and signs tokens.")
        var role: Role

        func run() throws {
            let account = try AccountID(option: account)
            let role: StoredCredential.Role = role == .read ? .read : .write
            try data.withStore(mayCreate: true) { store in
                let now = Clock.now
                let new: NewCredential
                do throws(KeyError) {
                    new = try NewCredential(account: account, role: role, at: now)
                } catch {
                    throw CommandFailure.unusable("this machine", error.reason)
                }
                let id = new.stored.id
                try await store.insert(new.stored, audit: event(.credentialCreated, new.stored, now))
                do throws(CommandFailure) {
                    try SecretBytes(joining: [new.secret, SecretBytes(copying: [UInt8(ascii: "\n")])])
                        .withUnsafeBytes { bytes throws(CommandFailure) in try StandardOutput.write(bytes) }
                } catch {
                    // Nobody has it, so nobody shall be able to use it.
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
            AuditEvent(
                time: time, action: action, account: credential.account, subject: credential.id.rawValue, actor: "cli")
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
            """
    }
#endif
