public import StreamSigning

/// Which of an account's revocations to list.
public struct RevocationQuery: Sendable, Hashable {
    /// Those of this subject alone; nil for all.
    public var subject: RevocationSubject?
    /// Those that were added before this one; nil for the newest. It may have been lifted.
    public var after: RevocationID?
    /// At most this many.
    public var limit: Int

    /// A question.
    public init(subject: RevocationSubject? = nil, after: RevocationID? = nil, limit: Int = 100) {
        self.subject = subject
        self.after = after
        self.limit = limit
    }
}
