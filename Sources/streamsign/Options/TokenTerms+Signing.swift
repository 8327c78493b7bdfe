internal import StreamSigning

/// The terms that all tokens of one run have in common.
extension TokenTerms {
    /// What to know of a token that Stream itself would not accept for so long.
    func noteLongLifetime(from now: NumericDate) {
        guard let lifetime = expires.map({ $0 - now.wholeSecond }), lifetime > .seconds(86_400) else { return }
        StandardError.note("the token is valid for \(lifetime.humanText): Stream itself accepts at most 24 h")
    }

    /// Whether there can be a token on these terms, whatever the video: known before a key or a list of videos is read.
    func checkOptions() throws(CommandFailure) {
        do {
            try check()
        } catch {
            throw .unusable("these options", error.reason)
        }
    }

    func claims(for video: VideoID) throws(CommandFailure) -> PlaybackClaims {
        do {
            return try PlaybackClaims(video: video, terms: self)
        } catch {
            throw .unusable("these options", error.reason)
        }
    }
}
