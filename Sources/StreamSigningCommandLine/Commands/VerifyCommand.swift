internal import ArgumentParser
internal import StreamSigning

/// Says whether a token may play a video, and why not.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify a token or a playback URL.",
        discussion: """
            Exits with 0 if it is accepted, and with 1 if it is refused; the line on stderr begins with the reason's code.
            """)

    @OptionGroup
    var options: VerificationOptions

    func run() throws {
        let accepted: Acceptance
        do {
            let question = try options.question()
            let token = try question.verifier.verify(question.token, for: question.request, at: question.now)
            accepted = Acceptance(token: token, now: question.now)
        } catch let denial as Denial {
            if options.json { try StandardOutput.printBeforeFailing(denial.json()) }
            throw CommandFailure.refused(denial)
        }
        try StandardOutput.print(options.json ? accepted.json : accepted.text.printable)
        if options.request.video == nil {
            StandardError.note("any video was accepted: say with --video which one the token must be for")
        }
    }
}

extension VerifyCommand: IllustratedCommand {
    static let examples = """
        streamsign verify TOKEN --keys key.json --video ea95132c15732412d22c1476fa83f27a
        streamsign verify URL --keys jwks.json --ip 192.0.2.7 --country GB --json
        streamsign verify TOKEN --keys key.json --path downloads/default.mp4 --at 2030-01-01T00:00:00Z
        pbpaste | streamsign verify - --keys key.json
        """
}
