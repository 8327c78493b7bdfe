internal import StreamSigning
@_spi(Measurement) internal import StreamSigningGate
internal import StreamSigningService

/// Decisions about the same token, or about many, on one thread and without any HTTP.
struct Gatekeeping {
    private let keeper: MeasuredGatekeeper
    private let subject: Subject
    private let tokens: [PlaybackToken]
    private var next = 0

    /// - Parameters:
    ///   - count: how many different tokens, asked for in turn.
    ///   - cachedTokens: how many of them are remembered.
    ///   - revocations: those of the account, none of which names a token.
    ///   - notesUse: whether decisions note for a report that the key was used, as in service.
    init(
        _ subject: Subject, tokens count: Int, cachedTokens: Int, revocations: [Revocation] = [],
        notesUse: Bool = true
    ) throws {
        guard let account = AccountID("benchmark") else { throw MeasurementFailure("that is no account's id") }
        self.subject = subject
        keeper = MeasuredGatekeeper(
            trusting: subject.key.verificationKey, of: account, cachedTokens: cachedTokens, revocations: revocations,
            notesUse: notesUse)
        tokens = try (0..<count).map { number in
            try subject.signer.sign(
                PlaybackClaims(
                    video: subject.claims.video, expires: Subject.now + .seconds(3600 + number),
                    notBefore: subject.claims.notBefore))
        }
    }

    /// How many decisions needed a verification.
    var verifications: Int { keeper.verifications }

    mutating func decide(times: Int) throws {
        let path: StaticString = "manifest/video.m3u8"
        let pathBytes = UnsafeRawBufferPointer(start: path.utf8Start, count: path.utf8CodeUnitCount)
        for _ in 0..<times {
            var text = turn().rawValue
            let result = text.withUTF8 { bytes in
                Result { () throws(Denial) in
                    try keeper.decide(
                        UnsafeRawBufferPointer(bytes), path: pathBytes, from: subject.request.address,
                        in: subject.request.country, at: Subject.now)
                }
            }
            _ = try result.get()
        }
    }

    /// The core alone, on the same tokens.
    mutating func verify(times: Int) throws {
        for _ in 0..<times {
            _ = try subject.verifier.verify(turn().rawValue, for: subject.request, at: Subject.now)
        }
    }

    private mutating func turn() -> PlaybackToken {
        next = next + 1 < tokens.count ? next + 1 : 0
        return tokens[next]
    }
}
