import StreamSigning

/// A viewer who is signed in, and what they may watch. A real backend has this in its database.
struct ViewerSession: Sendable {
    /// The entitlements.
    let videos: Set<VideoID>
    /// When the viewer has to sign in again.
    let ends: NumericDate

    /// The known sessions, which this example keeps in memory instead of a database.
    typealias Directory = @Sendable (_ id: String) -> ViewerSession?
}
