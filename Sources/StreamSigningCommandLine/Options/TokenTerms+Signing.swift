internal import StreamSigning

/// The terms that all tokens of one run have in common.
extension TokenTerms {
    /// Notes that Stream itself would not accept a token for so long.
    func noteLongLifetime(from now: NumericDate) {
        guard let lifetime = expires.map({ $0 - now.wholeSecond }), lifetime > .seconds(86_400) else { return }
        StandardError.note("the token is valid for \(lifetime.humanText): Stream itself accepts at most 24 h")
    }

    /// Whether there can be a token on these terms, for any video. Called before a key or a list of videos is read.
    func checkOptions() throws(CommandFailure) {
        do {
            try check()
        } catch {
            throw .unusable("these options", error.reason)
        }
    }

    /// What one token of the run says.
    func claims(for video: VideoID, at now: NumericDate) throws(CommandFailure) -> PlaybackClaims {
        let terms: TokenTerms
        do {
            terms = try issued(at: now)
        } catch {
            throw .unusable("this machine", error.reason)
        }
        do {
            return try PlaybackClaims(video: video, terms: terms)
        } catch {
            throw .unusable("these options", error.reason)
        }
    }
}
