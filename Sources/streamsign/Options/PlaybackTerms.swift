internal import StreamSigning

/// The claims that all tokens of one run have in common.
struct PlaybackTerms {
    let expires: NumericDate
    let notBefore: NumericDate?
    let isDownloadable: Bool
    let rules: [AccessRule]
    let wantsOriginal: Bool

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
