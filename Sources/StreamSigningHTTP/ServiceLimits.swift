/// How much one request, one connection and one account may take.
public struct ServiceLimits: Sendable, Hashable {
    /// Keys of an account, deleted ones not counted. Stream's own limit is 1,000.
    public var keysPerAccount = 1000
    /// Keys that an account may have deleted. Each takes some 100 bytes on disk and up to 32 in every node's memory, for good.
    public var deletedKeysPerAccount = 1_000_000
    /// Bytes of a request's body.
    public var bodyBytes = 64 * 1024
    /// Bytes of all request headers.
    public var headerBytes = 16 * 1024
    /// Connections that are open at a time, per listener. One too many waits for a moment, and is closed if none ends.
    public var connections = 4096
    /// Time for a request's body to arrive, and for a client to take the API's answer.
    public var requestTimeout: Duration = .seconds(10)
    /// Time without a request after which a connection is closed.
    public var idleTimeout: Duration = .seconds(60)
    /// Requests per second and credential, on average; 0 for no limit. Stream's own limit is 1,200 in five minutes.
    public var requestsPerSecond = 1000
    /// Keys made in advance.
    public var readyKeys = 16

    /// The defaults.
    public init() {}
}
