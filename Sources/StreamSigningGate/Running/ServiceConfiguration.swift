public import StreamSigning
public import StreamSigningHTTP
public import StreamSigningStore

/// How the service runs.
public struct ServiceConfiguration: Sendable, Hashable {
    /// Where a certificate and its key are, both PEM.
    public struct TLS: Sendable, Hashable {
        /// The chain, the server's own certificate first.
        public var certificateFile: String
        /// The private key.
        public var keyFile: String

        /// Both files.
        public init(certificateFile: String, keyFile: String) {
            self.certificateFile = certificateFile
            self.keyFile = keyFile
        }
    }

    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port; 0 takes a free one.
    public var port = 8787
    /// The proxies in front of the API, which are believed about a client's address (`X-Forwarded-For`). It is in the audit log and
    /// the access log, and refusals are counted by it.
    public var trustedProxies: [IPNetwork] = []
    /// Whether they begin each connection with a header of HAProxy's PROXY protocol (version 1 or 2), which names the client. Then
    /// they have to; others must not.
    public var usesProxyProtocol = false
    /// TLS; nil for plain HTTP.
    public var tls: TLS?
    /// How long the gate trusts its keys when the store cannot confirm them. Then it refuses everybody.
    public var maximumStaleness: Duration = .seconds(5)
    /// The gate; nil for none.
    public var gate: GateConfiguration?
    /// What a request, a connection and an account may take.
    public var limits = ServiceLimits()
    /// Which imports of public keys must prove that the sender has the private half.
    public var importProof = ImportProof.off
    /// How long the service signs with a key of its own before another follows, at least a day; nil for as long as nobody deletes
    /// it. The other is published an hour before it signs, and the first one is deleted when the last of its tokens has ended.
    public var serviceKeyLifetime: Duration?

    /// The proxies in front of the API.
    package var proxies: TrustedProxies { TrustedProxies(trustedProxies, sendProxyHeader: usesProxyProtocol) }

    /// The defaults: plain HTTP on port 8787 of this machine alone.
    public init() {}
}
