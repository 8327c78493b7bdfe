public import StreamSigning

/// How the gate runs: where it listens, what it serves, and whom it believes.
public struct GateConfiguration: Sendable, Hashable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 8788
    /// The folder of the media, `<account>/<video>/…`; nil for a gate that only answers `/authorize`.
    public var media: String?
    /// Proxies whose word on address, country and original URI counts.
    public var trustedProxies: [IPNetwork] = []
    /// The field in which a trusted proxy that asks `/authorize` passes what its client asked for.
    public var originalURIHeader = "X-Original-URI"
    /// The field in which a trusted proxy passes the viewer's country; nil for none.
    public var countryHeader: String?
    /// A MaxMind DB file with the countries of addresses, for viewers of whom no proxy says it; nil for none. It may be replaced
    /// at any time. Needs the trait `MaxMindDB`.
    public var countryDatabase: String?
    /// Tokens to remember as genuine, over all threads.
    public var cachedTokens = 65536
    /// Bytes that remembered tokens may take, over all threads.
    public var cachedBytes = 64 * 1024 * 1024
    /// What is left open about tokens.
    public var policy = VerificationPolicy()

    /// The defaults: port 8788 of this machine alone, no media, no proxies.
    public init() {}
}
