internal import ArgumentParser
internal import StreamSigning

/// Signs tokens.
struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Sign a token for a video, or one for each line of stdin.")

    @OptionGroup
    var signing: SigningOptions

    @Flag(help: "Write a JSON object for each token, with its key id and expiry.")
    var json = false

    func run() throws {
        let json = json
        try signing.sign { token, issue, lines in
            if json {
                lines.appendJSON { issue.describe(token, into: &$0) }
            } else {
                lines.append(contentsOf: token.rawValue.utf8)
                lines.append(UInt8(ascii: "\n"))
            }
            return token.rawValue.utf8.count
        }
    }
}

extension TokenCommand: IllustratedCommand {
    static let examples = """
        streamsign token ea95132c15732412d22c1476fa83f27a --key key.json
        streamsign token ea95132c15732412d22c1476fa83f27a --key key.pem --key-id ID --expires-in 15m --downloadable
        streamsign token ea95132c15732412d22c1476fa83f27a --key key.json --allow-country GB,IE --block-any
        streamsign token - --key key.json --expires-in 7d <video-ids.txt >tokens.txt
        """
}
