public import StreamSigning

/// How much one request, one connection and one account may take.
public struct ServiceLimits: Sendable, Hashable {
    /// Keys of an account, deleted ones not counted. Stream's own limit is 1,000.
    public var keysPerAccount = 1000
    /// Keys that an account may have deleted. Each takes some 100 bytes on disk and up to 32 in every node's memory, for good.
    public var deletedKeysPerAccount = 1_000_000
    /// What a key may be that a client sends. Every token that a viewer brings may name such a key, and checking a forged one
    /// with 8,192 bits and an exponent of 64 costs 25 times what it costs with 2,048 and the usual exponent.
    public var importedKeys = KeyLimits(bits: 4096, exponentBits: 32)
    /// Revocations of an account that have not ended, lifted ones included. Every node holds them in memory.
    public var revocationsPerAccount = 1_000_000
    /// Bytes of a request's body. A batch of revocations may have 1 MiB.
    public var bodyBytes = 64 * 1024
    /// Bytes of all request headers.
    public var headerBytes = 16 * 1024
    /// Connections that are open at a time, per listener. For one too many, one that has sent no request is closed, or else one that
    /// waits for its next request.
    public var connections = 4096
    /// Connections that one address may have at a time, per listener: an IPv4 address, or the first 64 bits of an IPv6 address.
    /// 0 is a quarter of ``connections``, and at least 16. An eighth of these, and at least 16, may be silent: for one too many, the oldest
    /// that has sent no request is closed. Trusted proxies have no such limits, because one address carries everybody there.
    public var connectionsPerAddress = 0
    /// Time for a request's body to arrive, and for a client to take the API's answer.
    public var requestTimeout: Duration = .seconds(10)
    /// Time without a request after which a connection is closed. Longer than proxies keep connections that they do not use, by their
    /// own defaults (60 to 120 seconds): who sends requests has to close first, or one may meet a connection that is being closed.
    public var idleTimeout: Duration = .seconds(130)
    /// Requests per second and credential, on average; 0 for no limit. Stream's own limit is 1,200 in five minutes.
    public var requestsPerSecond = 1000
    /// Answers with 401, 403 or 404 that the API gives one address in a second, on average; 0 for no limit. Of what is more, each is
    /// a 429. An IPv6 address counts with its /64. Requests that succeed are not limited.
    public var refusalsPerSecond = 20
    /// Keys made in advance.
    public var readyKeys = 16

    /// The defaults.
    public init() {}
}

extension ServiceLimits {
    /// Places beyond ``connections``, which are good for probes alone. A probe needs one for milliseconds.
    package static let reservedConnections = 16

    /// - Parameter isEncrypted: whether each connection begins with a TLS handshake.
    func places(isEncrypted: Bool) -> ConnectionPlaces.Limits {
        let perAddress = connectionsPerAddress > 0 ? connectionsPerAddress : max(connections / 4, 16)
        return ConnectionPlaces.Limits(
            all: connections,
            perAddress: perAddress,
            silentPerAddress: isEncrypted ? max(perAddress / 8, 16) : perAddress,
            reserved: Self.reservedConnections)
    }
}
