internal import StreamSigning

/// The claims that all tokens of one run have in common.
struct PlaybackTerms {
    let expires: NumericDate
    let notBefore: NumericDate?
    let isDownloadable: Bool
    let rules: [AccessRule]
    let wantsOriginal: Bool

    /// What to know of a token that Stream itself would not accept for so long.
    func noteLongLifetime(from now: NumericDate) {
        let lifetime = expires - now.wholeSecond
        if lifetime > .seconds(86_400) {
            StandardError.note("the token is valid for \(lifetime.humanText): Stream itself accepts at most 24 h")
        }
    }

    /// Whether there can be a token on these terms, whatever the video: known before a key or a list of videos is read.
    func check() throws(CommandFailure) {
        guard let video = try? VideoID("any") else { return }
        _ = try claims(for: video)
    }

    func claims(for video: VideoID) throws(CommandFailure) -> PlaybackClaims {
        do {
            return try PlaybackClaims(
                video: video, expires: expires, notBefore: notBefore, isDownloadable: isDownloadable, rules: rules,
                wantsOriginal: wantsOriginal)
        } catch {
            throw .unusable("these options", error.reason)
        }
    }
}
