internal import ArgumentParser
internal import StreamSigning

/// Decodes a token without verifying it.
struct InspectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Decode a token or a playback URL WITHOUT verifying it.",
        discussion: "Anyone can write a token that says anything: use 'verify' to decide.")

    @Argument(help: "The token, a playback URL with it, or '-' to read either from stdin.")
    var token: String

    @Flag(help: "Write one JSON object, with \"verified\":false.")
    var json = false

    func run() throws {
        do {
            let token = try UnverifiedToken(readingWithoutVerification: PresentedToken(token).text)
            let description = UnverifiedDescription(token: token, now: Clock.now)
            try StandardOutput.print(json ? description.json : description.text)
        } catch let denial as Denial {
            throw CommandFailure.refused(denial)
        }
        StandardError.note("NOT verified: anyone could have written this; 'streamsign verify' tells")
    }
}

extension InspectCommand: IllustratedCommand {
    static let examples = """
        streamsign inspect TOKEN
        streamsign inspect URL --json | jq .payload
        """
}
