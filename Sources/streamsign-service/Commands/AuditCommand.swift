internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

/// Shows the audit log.
struct AuditCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        .audit,
        discussion: """
            One event per line, oldest first: number, time, action, account, key or credential, actor (a credential's id, \
            'cli' or 'service'), address. '-' means none. The log holds no secrets.
            """)

    @OptionGroup
    var data: DataOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("Only events of this account.", valueName: "id"))
    var account: String?

    @Option(parsing: .unconditional, help: ArgumentHelp("Only events at or after this time.", valueName: "time"))
    var since: String?

    @Flag(help: "Write one JSON object per line.")
    var json = false

    @Flag(help: "Show no events, but check that none was changed, removed or inserted.")
    var verify = false

    func run() throws {
        let account = try account.map { try AccountID(option: $0) }
        let since = try OptionValue("--since", since)?.time()
        guard !verify || (account == nil && since == nil && !json) else {
            throw ValidationError("'--verify' checks all events: leave out '--account', '--since' and '--json'")
        }
        try data.withStore { store in
            var last: RecordedEvent?
            while true {
                let events = try await store.audit(after: last?.sequence ?? 0, limit: 1_000)
                guard !events.isEmpty else { break }
                if verify {
                    try check(events, after: last)
                } else {
                    var output: [UInt8] = []
                    for event in events where matches(event.event, account, since) { write(event, to: &output) }
                    try StandardOutput.write(output)
                }
                last = events.last
            }
            if verify { try StandardOutput.print(summary(last)) }
        }
    }

    private func matches(_ event: AuditEvent, _ account: AccountID?, _ since: NumericDate?) -> Bool {
        (account == nil || event.account == account) && event.time >= since ?? .earliest
    }

    private func check(_ events: [RecordedEvent], after last: RecordedEvent?) throws {
        let broken: Int64?
        do throws(KeyError) {
            broken = try AuditChain.firstBreak(in: events, after: last)
        } catch {
            throw CommandFailure.unusable("this machine", error.reason)
        }
        guard let broken else { return }
        throw CommandFailure.unusable(
            "audit log",
            "event \(broken) does not fit those before it: it, or one before it, was changed or removed")
    }

    private func summary(_ last: RecordedEvent?) -> String {
        guard let last else { return "0 events" }
        return "\(last.sequence) events, which fit together; digest of the last: \(Hex.encode(last.digest))"
    }

    private func write(_ recorded: RecordedEvent, to output: inout [UInt8]) {
        let event = recorded.event
        guard json else {
            let words = [
                "\(recorded.sequence)", "\(event.time)", event.action.rawValue, event.account?.rawValue ?? "-",
                // The id of an imported key may hold spaces, which would look like more columns.
                event.subject.map { $0.replacing(" ", with: "\\u{20}") } ?? "-", event.actor, event.address ?? "-",
            ]
            output += "\(words.joined(separator: "  ").printable)\n".utf8
            return
        }
        output.appendJSON {
            $0.member("sequence", Int(recorded.sequence))
            $0.member("time", event.time)
            $0.member("action", event.action.rawValue)
            $0.member("account", event.account?.rawValue)
            $0.member("subject", event.subject)
            if let fingerprint = event.fingerprint { $0.member("fingerprint", Hex.encode(fingerprint)) }
            $0.member("actor", event.actor)
            $0.member("address", event.address)
            $0.member("digest", Hex.encode(recorded.digest))
        }
    }
}

extension AuditCommand: IllustratedCommand {
    static let examples = """
        streamsign audit --data /var/lib/streamsign --since 2030-01-01T00:00:00Z
        streamsign audit --data DIR --account ACCOUNT --json | jq -r 'select(.action == "key.deleted").subject'
        streamsign audit --data DIR --verify
        """
}
