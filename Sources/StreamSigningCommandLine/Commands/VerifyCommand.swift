internal import ArgumentParser
internal import StreamSigning

/// Says whether a token may play a video, and why not.
struct VerifyCommand: FetchingCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a token or a playback URL, or each line of stdin.",
        discussion: """
            Exits with 0 if it is accepted, and with 1 if it is refused; the line on stderr begins with the reason's code.

            '-' reads a token or URL from each line of stdin and verifies them on all cores. Each line's verdict goes to \
            stdout, in order, as soon as it is known; the exit status is 1 if any is refused.
            """)

    @OptionGroup
    var options: VerificationOptions

    func run(_ network: NetworkClient?) throws {
        let judge = try options.judge(network)
        let json = options.json
        guard options.token != "-" else {
            return try Blocking.run { try await BulkVerification(judge: judge, isJSON: json).run() }
        }
        switch judge.verdict(on: options.token, at: judge.time ?? Clock.now) {
        case .accepted(let acceptance):
            try StandardOutput.print(json ? acceptance.json : acceptance.text.printable)
            judge.noteUncheckedVideo()
        case .refused(let denial):
            if json { try StandardOutput.printBeforeFailing(denial.json()) }
            throw CommandFailure.refused(denial)
        }
    }
}

extension VerifyCommand: IllustratedCommand {
    static let examples = """
        streamsign verify TOKEN --keys key.json --video ea95132c15732412d22c1476fa83f27a
        streamsign verify URL --keys jwks.json --ip 192.0.2.7 --country GB --json
        streamsign verify TOKEN --keys key.json --path downloads/default.mp4 --at 2030-01-01T00:00:00Z
        pbpaste | streamsign verify - --keys key.json
        streamsign verify - --keys jwks.json --json <urls.txt >verdicts.jsonl
        """
}
