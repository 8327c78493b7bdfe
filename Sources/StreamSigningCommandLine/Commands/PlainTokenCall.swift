internal import StreamSigning

/// `streamsign token` as scripts call it for each viewer: one video, and of the options only the key and the expiry, each a
/// word of its own.
///
/// ArgumentParser takes more time for its options than OpenSSL takes to start and sign: for each of them it looks for
/// conformances in all of the program. So this one call is read here. Any other, right or wrong, is left to ArgumentParser.
struct PlainTokenCall {
    private let video: String
    private let key: SigningKeySource
    private let lifetime: String?
    private let expiry: String?

    /// - Parameter words: the arguments, the program's own name included.
    /// - Returns: nil unless it is this call.
    init?(_ words: [String]) {
        var words = words.dropFirst()
        guard words.popFirst() == "token" else { return nil }
        var video: String?
        var key: String?
        var keyID: String?
        var lifetime: String?
        var expiry: String?
        while let word = words.popFirst() {
            if !word.hasPrefix("-"), video == nil {
                video = word
                continue
            }
            guard let value = words.popFirst(), !value.hasPrefix("-") else { return nil }
            switch word {
            case "--key" where key == nil: key = value
            case "--key-id" where keyID == nil: keyID = value
            case "--expires-in" where lifetime == nil: lifetime = value
            case "--expires-at" where expiry == nil: expiry = value
            default: return nil
            }
        }
        let source = SigningKeySource(file: key, id: keyID)
        guard let video, source.path != nil, lifetime == nil || expiry == nil else { return nil }
        self.video = video
        self.key = source
        self.lifetime = lifetime
        self.expiry = expiry
    }

    func run() throws {
        let now = Clock.now
        let terms = TokenTerms(expires: try ClaimsOptions.expiry(in: lifetime, at: expiry, from: now))
        try SigningJob(video: video, source: key, terms: terms, now: now).run(TokenCommand.write)
    }
}
