/// When a request is repeated, and after which pause.
///
/// Whether a repeat is safe is not a matter of policy:
/// - What never reached the service (a refused connection) may be repeated, whatever it was.
/// - 429, and 503 with `Retry-After`, are answered before anything is done, and so may be repeated, whatever it was.
/// - Reading and deleting may be repeated after anything else that time may heal: a broken connection, a timeout, 408,
///   500, 502, 503 and 504.
/// - Creating, importing and signing may not: the service may have acted, and a second key is not what was asked for.
public struct RetryPolicy: Sendable, Hashable {
    /// How often a request is repeated at most; 0 for never.
    public var maximumRetries = 3
    /// The pause before the first repeat; each one after is twice as long, and up to half of each is left to chance.
    public var firstPause: Duration = .milliseconds(500)
    /// The longest pause of our own choice.
    public var longestPause: Duration = .seconds(8)
    /// The longest `Retry-After` that is waited for; with a longer one the answer is returned as the error that it is.
    public var longestRetryAfter: Duration = .seconds(60)

    /// Three repeats, in about four seconds.
    public init() {}

    /// No repeats.
    public static let never: RetryPolicy = {
        var policy = RetryPolicy()
        policy.maximumRetries = 0
        return policy
    }()

    /// - Parameters:
    ///   - attempt: how many attempts there were, 1 or more.
    ///   - chance: 0 to 1.
    func pause(after attempt: Int, chance: Double) -> Duration {
        let doublings = min(attempt - 1, 30)
        let pause = min(firstPause * (1 << doublings), longestPause)
        return pause * (1 - chance / 2)
    }
}
