internal import ArgumentParser
internal import StreamSigning
internal import StreamSigningClient
internal import StreamSigningCommandLine

/// Lists the revocations of an account.
struct RemoteRevocationsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revocations", abstract: "List the revocations in force, the newest first.",
        discussion: """
            A line has the id, when the revocation ends, before which time a token must be signed to be refused ('-' for any \
            time), what is revoked, and why.

            The JSON of a list that may not be whole ends with {"partial":true}: 'verify --revocations' refuses such a list, \
            because it would let in what the others refuse.
            """)

    @OptionGroup
    var subjects: RevocationSubjectOptions

    @Option(parsing: .unconditional, help: ArgumentHelp("How many at most; by default all.", valueName: "count"))
    var limit: String?

    @Flag(help: "Write a JSON array. 'verify --revocations' reads that of all, without a subject and --limit.")
    var json = false

    @OptionGroup
    var remote: RemoteOptions

    func run() throws {
        let subject = try subjects.subject()
        var missing = try OptionValue("--limit", limit)?.integer(1...1_000_000_000) ?? .max
        let client = try remote.client()
        var after: RevocationID?
        var (hasElements, isPartial) = (false, false)
        repeat {
            let (start, count) = (after, min(missing, StreamClient.maximumRevocationsPerRequest))
            let page = try Blocking.call { try await client.revocations(of: subject, limit: count, after: start) }
            missing -= page.revocations.count
            // The service marks every page that follows another. Only on a first page does the mark say that it cut the list.
            let isCutByService = start == nil && page.after == nil && page.isPartial
            isPartial = subject != nil || isCutByService || page.after != nil && missing <= 0
            try StandardOutput.write(json ? Self.json(page, isFirst: start == nil) : Self.lines(page))
            hasElements = hasElements || !page.revocations.isEmpty
            after = page.after
        } while after != nil && missing > 0
        guard json else { return }
        try StandardOutput.write(Self.jsonEnd(isPartial: isPartial, isEmpty: !hasElements))
        if isPartial { StandardError.note("this list is not complete: don't verify with it") }
    }

    private static func lines(_ page: RevocationPage) -> [UInt8] {
        page.revocations.flatMap { revocation in
            let before = revocation.issuedBefore.map { "\($0)" } ?? "-                   "
            let kind = revocation.subject.kind.rawValue
            let reason = revocation.reason.map { "  \($0)" } ?? ""
            let line = "\(revocation.id)  \(revocation.until)  \(before)  \(kind) \(revocation.subject.id)\(reason)"
            return Array("\(line.printable)\n".utf8)
        }
    }

    /// The next elements of an array that may have a million, with the bracket or comma in front of them.
    private static func json(_ page: RevocationPage, isFirst: Bool) -> [UInt8] {
        var writer = JSONWriter()
        Revocation.writeAll(page.revocations, into: &writer)
        let elements = writer.bytes.dropFirst().dropLast()
        guard isFirst || !elements.isEmpty else { return [] }
        return [UInt8(ascii: isFirst ? "[" : ",")] + elements
    }

    private static func jsonEnd(isPartial: Bool, isEmpty: Bool) -> [UInt8] {
        var writer = JSONWriter()
        if isPartial { Revocation.writePartialMark(into: &writer) }
        return (isPartial && !isEmpty ? [UInt8(ascii: ",")] : []) + writer.bytes + Array("]\n".utf8)
    }
}

extension RemoteRevocationsCommand: IllustratedCommand {
    static let examples = """
        streamsign remote revocations --limit 20
        streamsign remote revocations --viewer user-4711 --json | jq -r '.[].id // empty'
        """
}
