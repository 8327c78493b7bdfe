import StreamSigning

/// A viewer who is signed in, and what they may watch. A real backend has this in its database.
struct ViewerSession: Sendable {
    /// The entitlements.
    let videos: Set<VideoID>
    /// When the viewer has to sign in again.
    let ends: NumericDate

    /// Which sessions there are: the example's stand-in for a database.
    typealias Directory = @Sendable (_ id: String) -> ViewerSession?
}
