internal import StreamSigning

/// What a command that signs was asked to do, its options read.
struct SigningJob {
    /// The id of one video; `-` signs for each id on standard input.
    let video: String
    let source: SigningKeySource
    let terms: TokenTerms
    let now: NumericDate

    /// Appends the lines of one token, and returns how many characters it or its longest URL has.
    typealias Render = @Sendable (_ token: PlaybackToken, _ issue: Issue, _ lines: inout [UInt8]) -> Int

    /// What all tokens of a run share, to describe them with.
    struct Issue: Sendable {
        let keyID: KeyID
        let terms: TokenTerms
    }

    func run(_ render: @escaping Render) throws {
        // The command line is checked before the files that it names.
        try terms.checkOptions()
        let id = try video == "-" ? nil : OptionValue("<video>", video).converted(VideoID.init)
        let key = try source.load(signsOnce: id != nil)
        terms.noteLongLifetime(from: now)
        let issue = Issue(keyID: key.id, terms: terms)
        let signer = TokenSigner(key: key)
        guard let id else {
            let bulk = BulkSigning(signer: signer, terms: terms, now: now)
            let longest = try Blocking.run { try await bulk.run { render($0, issue, &$1) } }
            return LengthNote.print(longest)
        }
        let claims = try terms.claims(for: id, at: now)
        var lines: [UInt8] = []
        let count: Int
        do {
            count = render(try signer.sign(claims), issue, &lines)
        } catch {
            throw source.failure(error)
        }
        LengthNote.print(count)
        try StandardOutput.write(lines)
    }
}
