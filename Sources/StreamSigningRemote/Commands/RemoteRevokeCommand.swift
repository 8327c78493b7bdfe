internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Refuses tokens whose key stays good.
struct RemoteRevokeCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "Revoke one token or session, or what a viewer or a video was given.",
        discussion: """
            Writes the id of the revocation, with which 'remote restore' lifts it. Of a viewer or a video, what was signed \
            before now is refused, and new tokens are good. With '-' as the id, revokes each id that is a line of stdin, \
            1,000 at a time. Needs 'streamsign serve': Cloudflare Stream revokes nothing smaller than a key.
            """)

    @OptionGroup
    var subjects: RevocationSubjectOptions

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "With --viewer or --video: refuse what was signed before this time, not later than now.",
            valueName: "time"))
    var issuedBefore: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            """
            When the revocation ends by itself, a time or a duration such as 30d: by default in 7 days, at most in 366. Let it \
            outlast the tokens.
            """,
            valueName: "time"))
    var until: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("Why, for operators; viewers never see it.", valueName: "text"))
    var reason: String?

    @Flag(help: "Wait until every node of the service refuses.")
    var wait = false

    @Flag(help: "Write each revocation as a JSON object on a line.")
    var json = false

    @OptionGroup
    var remote: RemoteOptions

    func validate() throws {
        guard let given = subjects.given.first else {
            throw ValidationError("Missing expected argument: one of --token, --session, --viewer and --video")
        }
        guard issuedBefore == nil || given.kind.sparesLaterTokens else {
            throw ValidationError("--issued-before goes with --viewer and --video only")
        }
        guard given.id != "-" || !remote.readsStandardInput else {
            throw ValidationError("the ids and the API token cannot both come from stdin")
        }
    }

    func run() throws {
        var requests = try requests()[...]
        let client = try remote.client()
        var count = 0
        do {
            while !requests.isEmpty {
                let batch = Array(requests.prefix(StreamClient.maximumRevocationsPerRequest))
                requests = requests.dropFirst(batch.count)
                let wait = wait && requests.isEmpty
                let revocations = try Blocking.run { try await client.revoke(batch, waitsForNodes: wait) }
                count += revocations.count
                try write(revocations)
            }
        } catch let error as ClientError {
            var failure = CommandFailure(error)
            if count > 0 { failure.notes = ["\(count) were revoked before this failure; the rest were not"] }
            throw failure
        }
    }

    private func requests() throws -> [RevocationRequest] {
        let issuedBefore = try OptionValue("--issued-before", issuedBefore)?.time()
        let until = try OptionValue("--until", until)?.time(from: Clock.now)
        let reason = try OptionValue("--reason", reason)?.text
        return try subjectList().map {
            RevocationRequest($0, issuedBefore: issuedBefore, until: until, reason: reason)
        }
    }

    private func subjectList() throws -> [RevocationSubject] {
        guard let (kind, id) = subjects.given.first, id == "-" else {
            return try subjects.subject().map { [$0] } ?? []
        }
        let lines = try Blocking.run {
            // No token is longer.
            let input = InputLines(longestLine: 16 * 1024)
            var lines: [InputLines.Line] = []
            while let more = try await input.next() { lines += more }
            return lines
        }
        if lines.isEmpty { StandardError.note("there was no id on standard input") }
        // All of them before the first is revoked.
        return try lines.map { line in
            let name = "standard input, line \(line.number)"
            guard let text = line.validText else { throw CommandFailure.unusable(name, "not UTF-8") }
            return try RevocationSubjectOptions.subject(kind, OptionValue(name, text))
        }
    }

    private func write(_ revocations: [Revocation]) throws {
        var lines: [UInt8] = []
        for revocation in revocations {
            if json {
                var writer = JSONWriter()
                revocation.write(into: &writer)
                lines += writer.bytes
            } else {
                lines += revocation.id.rawValue.utf8
                StandardError.print("revoked \(revocation)")
            }
            lines.append(UInt8(ascii: "\n"))
        }
        try StandardOutput.write(lines)
    }
}

extension RemoteRevokeCommand: IllustratedCommand {
    static let examples = """
        streamsign remote revoke --token "$LEAKED_URL" --reason 'posted in a forum'
        streamsign remote revoke --viewer user-4711 --until 30d
        streamsign remote revoke --video ea95132c15732412d22c1476fa83f27a --issued-before 2026-11-28T12:00:00Z
        streamsign remote revoke --token - --json <ids.txt
        """
}
