public import StreamSigning

/// What a token that the service signs is to say besides the video: what is left out, the service decides.
public struct TokenTerms: Sendable, Hashable {
    /// `exp`, in whole seconds; the service's default is an hour from now, and Stream allows a day.
    public var expires: NumericDate?
    /// `nbf`, in whole seconds; the service's default is an hour ago.
    public var notBefore: NumericDate?
    /// `downloadable`: whether paths under `downloads/` are allowed too.
    public var isDownloadable: Bool
    /// `accessRules`, in order; Stream takes 5.
    public var rules: [AccessRule]
    /// `flags.original`: whether the original video is asked for, without transformations.
    public var wantsOriginal: Bool

    /// The service's defaults, but for what is given.
    public init(
        expires: NumericDate? = nil, notBefore: NumericDate? = nil, isDownloadable: Bool = false,
        rules: [AccessRule] = [], wantsOriginal: Bool = false
    ) {
        self.expires = expires
        self.notBefore = notBefore
        self.isDownloadable = isDownloadable
        self.rules = rules
        self.wantsOriginal = wantsOriginal
    }
}
