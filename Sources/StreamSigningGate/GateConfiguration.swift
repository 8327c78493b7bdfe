public import StreamSigning

/// How the gate runs: where it listens, what it serves, and which proxies it trusts.
public struct GateConfiguration: Sendable, Hashable {
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 8788
    /// The folder of the media, `<account>/<video>/…`; nil for a gate that only answers `/authorize`.
    public var media: String?
    /// The proxies that are believed about a viewer's address, country and original URI.
    public var trustedProxies: [IPNetwork] = []
    /// Whether the trusted proxies begin each connection with a header of HAProxy's PROXY protocol (version 1 or 2), which names the
    /// viewer. Then they have to; others must not.
    public var usesProxyProtocol = false
    /// The field in which a trusted proxy that asks `/authorize` passes its client's path and query.
    public var originalURIHeader = "X-Original-URI"
    /// Where to look for tokens. Besides the path there is the video's id, which must be the token's.
    public var tokenSources: [TokenSource] = [.path]
    /// The field in which a trusted proxy passes the viewer's country; nil for none.
    public var countryHeader: String?
    /// A MaxMind DB file with the countries of addresses, for viewers whose country no proxy names; nil for none. It may be
    /// replaced at any time. Needs the trait `MaxMindDB`.
    public var countryDatabase: String?
    /// The origins whose pages may read the gate's answers, even ones that depend on cookies; none for pages of any origin,
    /// without cookies.
    public var allowedOrigins: [WebOrigin] = []
    /// What becomes of URLs in manifests that are not relative.
    public var manifestRewriting = ManifestRewriting.off
    /// How long a request for media waits for keys that are too old to be confirmed, before it is refused with `keys_stale`; zero
    /// to refuse at once.
    public var staleGrace: Duration = .seconds(3)
    /// How many tokens to remember as genuine, on all threads together.
    public var cachedTokens = 65536
    /// How many bytes the remembered tokens may take, on all threads together.
    public var cachedBytes = 64 * 1024 * 1024
    /// The choices that an operator has in verifying tokens.
    public var policy = VerificationPolicy()

    /// The defaults: port 8788 of this machine alone, no media, no proxies.
    public init() {}
}
