internal import StreamSigning
internal import StreamSigningService

extension Setting {
    /// Every setting, in the order of `--help` and `--print-config`.
    static let all = [
        Setting("data", "dir", "The folder of the database and the master key.", .text(\.data)),
        Setting("api", "host:port", "The address to listen on.", .address(\.service.host, \.service.port)),
        Setting("tls-certificate", "file", "A PEM file with the server's certificate chain.", .optional(\.certificate)),
        Setting("tls-key", "file", "A PEM file with the key of the certificate.", .optional(\.certificateKey)),
        Setting(
            "master-key-file", "file", "The file of the master key, instead of the one in the data folder.",
            .optional(\.masterKeyFile)),
        Setting(
            "file-rights", "refuse|warn", "What becomes of secrets and data that every user of the machine can get at.",
            .choice(\.fileRights, expecting: FileRightsPolicy.expected)),
        Setting(
            "database-url", "url", "A PostgreSQL database that nodes share, instead of the one in the data folder.",
            .database(\.database)),
        Setting(
            "log-level", "level", "trace, debug, info, notice, warning, error or critical.",
            .choice(\.logLevel, expecting: "a log level")),
        Setting(
            "log-format", "text|json", "text, or json for one object a line.",
            .choice(\.logFormat, expecting: "text or json")),
        Setting("log-file", "file", "Where the log goes, instead of standard error.", .optional(\.logFile)),
        Setting(
            "body-limit", "bytes", "Bytes of a request's body.",
            .number(\.service.limits.bodyBytes, 1024...16_777_216)),
        Setting(
            "header-limit", "bytes", "Bytes of a request's headers.",
            .number(\.service.limits.headerBytes, 1024...1_048_576)),
        Setting(
            "connections", "number", "Connections at once.",
            .number(\.service.limits.connections, 1...1_000_000)),
        Setting(
            "connections-per-address", "number",
            "Connections at once from one address, trusted proxies excepted; 0 for a quarter of all.",
            .number(\.service.limits.connectionsPerAddress, 0...1_000_000)),
        Setting(
            "request-timeout", "duration", "Time for a request's body to arrive.",
            .duration(\.service.limits.requestTimeout)),
        Setting(
            "idle-timeout", "duration", "Time without a request after which a connection is closed.",
            .duration(\.service.limits.idleTimeout)),
        Setting(
            "rate-limit", "number", "Requests a second of one credential; 0 for no limit.",
            .number(\.service.limits.requestsPerSecond, 0...1_000_000)),
        Setting(
            "refusal-limit", "number",
            "Answers with 401, 403 or 404 a second that the API gives one address; 0 for no limit.",
            .number(\.service.limits.refusalsPerSecond, 0...1_000_000)),
        Setting(
            "keys-per-account", "number", "Keys that an account may have.",
            .number(\.service.limits.keysPerAccount, 1...1_000_000)),
        Setting(
            "deleted-keys-per-account", "number", "Keys that an account may have deleted.",
            .number(\.service.limits.deletedKeysPerAccount, 1...1_000_000_000)),
        Setting(
            "import-proof", "off|named|always",
            "Which imports of public keys must prove that the sender has the private half.",
            .choice(\.service.importProof, expecting: "off, named or always")),
        Setting(
            "key-bits", "number", "The bits of the largest key that a client may send.",
            .number(\.service.limits.importedKeys.bits, 2048...8192)),
        Setting(
            "revocations-per-account", "number", "Revocations that an account may have which have not ended.",
            .number(\.service.limits.revocationsPerAccount, 1...100_000_000)),
        Setting(
            "service-key-lifetime", "duration|off",
            "How long the service signs with a key of its own before another follows; off for ever.",
            .lifetime(\.service.serviceKeyLifetime)),
        Setting(
            "crypto-mb", "auto|off|file",
            "The library for eight RSA operations at a time: auto looks beside the program, then where the system does.",
            .multiBufferRSA),
        Setting("ready-keys", "number", "Keys made in advance.", .number(\.service.limits.readyKeys, 0...1024)),
        Setting(
            "max-staleness", "duration", "How long the gate trusts keys that the store does not confirm.",
            .duration(\.service.maximumStaleness)),
        Setting(
            "stale-grace", "duration", "How long a request for media waits for such keys to be confirmed.",
            .duration(\.gate.staleGrace, allowsZero: true)),
        Setting(
            "feed", "url,…", "Nodes to take keys from, for a gate that must not reach the database.", .optional(\.feed)),
        Setting(
            "feed-token-file", "file", "The file of the credential for them, of the role feed.",
            .optional(\.feedTokenFile)),
        Setting(
            "ca-file", "file",
            "A PEM file of the authorities that vouch for them, in place of SSL_CERT_FILE or the system's.",
            .optional(\.authoritiesFile)),
        Setting("gate", "host:port|off", "Where the gate listens; off for no gate.", .gate),
        Setting(
            "media", "dir", "The folder of the media that the gate serves, account/video/….", .optional(\.media)),
        Setting(
            "trusted-proxies", "cidr,…", "Proxies whose word on clients and viewers counts.",
            .networks(\.service.trustedProxies)),
        Setting(
            "proxy-protocol", "off|api|gate|both", "Where the trusted proxies begin connections with a PROXY header.",
            .proxyProtocol),
        Setting(
            "original-uri-header", "name", "Where a proxy that asks /authorize passes what its client asked for.",
            .fieldName(\.gate.originalURIHeader)),
        Setting(
            "token-from", "place,…",
            "Where a viewer's token may be: path, and with the video's id in the path cookie, bearer, query.",
            .tokenSources(\.gate.tokenSources)),
        Setting(
            "country-header", "name", "Where a trusted proxy passes the viewer's country.",
            .fieldName(\.gate.countryHeader)),
        Setting(
            "country-database", "file", "A MaxMind DB file with the countries of viewers.",
            .countryDatabase(\.gate.countryDatabase)),
        Setting(
            "allow-origin", "url,…", "Origins whose pages may read what the gate answers; * for all.",
            .origins(\.gate.allowedOrigins)),
        Setting(
            "rewrite-manifests", "off|on|url,…",
            "Whether URLs in manifests become relative: those of the origin that is asked, and of the named ones.",
            .manifestRewriting(\.gate.manifestRewriting)),
        Setting(
            "cached-tokens", "number", "Tokens the gate remembers as genuine.",
            .number(\.gate.cachedTokens, 0...10_000_000)),
        Setting(
            "cached-bytes", "bytes", "Bytes that remembered tokens may take.",
            .number(\.gate.cachedBytes, 0...1 << 36)),
    ]
}
