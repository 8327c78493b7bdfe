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

    /// The defaults: plain HTTP on port 8787 of this machine alone.
    public init() {}
}
