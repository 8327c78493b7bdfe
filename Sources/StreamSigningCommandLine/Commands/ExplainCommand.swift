internal import ArgumentParser
internal import StreamSigning

/// Shows every check of a verification with its outcome.
struct ExplainCommand: FetchingCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain", abstract: "Show every check of a token or a playback URL, in order.",
        discussion: """
            Exits as 'verify' does. After a failed check, the values shown are what the token claims, not what is true.
            """)

    @OptionGroup
    var options: VerificationOptions

    func run(_ network: NetworkClient?) throws {
        let judge = try options.judge(network)
        let presented: PresentedToken
        do {
            presented = try PresentedToken(options.token)
        } catch let denial as Denial {
            if options.json { try StandardOutput.printBeforeFailing(denial.json()) }
            throw CommandFailure.refused(denial)
        }
        let explanation = judge.verifier.explain(
            presented.text, for: judge.asked.request(urlPath: presented.path), at: judge.time ?? Clock.now)
        let report = options.json ? explanation.json() : explanation.text
        guard let denial = explanation.verdict else { return try StandardOutput.print(report) }
        try StandardOutput.printBeforeFailing(report)
        throw CommandFailure.refused(denial)
    }
}

extension ExplainCommand: IllustratedCommand {
    static let examples = """
        streamsign explain TOKEN --keys key.json --video ea95132c15732412d22c1476fa83f27a
        streamsign explain URL --keys jwks.json --ip 192.0.2.7 --country GB
        streamsign explain TOKEN --keys key.json --json | jq -r '.checks[] | select(.outcome == "refused") | .code'
        """
}

extension Explanation {
    /// The core's text, in colour on a terminal.
    fileprivate var text: String {
        let lines = description.split(separator: "\n", omittingEmptySubsequences: false).map { String($0).printable }
        guard Terminal.showsColours else { return lines.joined(separator: "\n") }
        return zip(lines, steps.map(\.colour) + [verdict == nil ? .green : .red])
            .map { $1.paint($0) }.joined(separator: "\n")
    }
}

extension Explanation.Step {
    fileprivate var colour: Terminal.Colour {
        switch outcome {
        case .passed: .green
        case .refused: .red
        case .notChecked: .grey
        }
    }
}
