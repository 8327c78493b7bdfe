#if Service
    /// One value that `serve` takes from a flag, the environment or the configuration file, in that order.
    struct Setting {
        /// Its name in the file; `--` before it makes the flag.
        let name: String
        let help: String
        let fallback: String

        /// `request-timeout` is `STREAMSIGN_REQUEST_TIMEOUT` in the environment.
        var environmentName: String {
            "STREAMSIGN_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
        }

        static let data = Setting(
            name: "data", help: "The folder of the database and the master key.", fallback: "streamsign-data")
        static let api = Setting(name: "api", help: "The address to listen on.", fallback: "127.0.0.1:8787")
        static let tlsCertificate = Setting(
            name: "tls-certificate", help: "A PEM file with the server's certificate chain.", fallback: "")
        static let tlsKey = Setting(
            name: "tls-key", help: "A PEM file with the key of the certificate.", fallback: "")
        static let masterKeyFile = Setting(
            name: "master-key-file", help: "The file of the master key, instead of the one in the data folder.",
            fallback: "")
        static let databaseURL = Setting(
            name: "database-url",
            help: "A PostgreSQL database that nodes share, instead of the one in the data folder.",
            fallback: "")
        static let logLevel = Setting(
            name: "log-level", help: "trace, debug, info, notice, warning, error or critical.", fallback: "info")
        static let logFormat = Setting(
            name: "log-format", help: "text, or json for one object a line.", fallback: "text")
        static let bodyLimit = Setting(name: "body-limit", help: "Bytes of a request's body.", fallback: "65536")
        static let headerLimit = Setting(name: "header-limit", help: "Bytes of a request's headers.", fallback: "16384")
        static let connections = Setting(name: "connections", help: "Connections at once.", fallback: "4096")
        static let requestTimeout = Setting(
            name: "request-timeout", help: "Time for a request's body to arrive.", fallback: "10s")
        static let idleTimeout = Setting(
            name: "idle-timeout", help: "Time without a request after which a connection is closed.", fallback: "1m")
        static let rateLimit = Setting(
            name: "rate-limit", help: "Requests a second of one credential; 0 for no limit.", fallback: "0")
        static let keysPerAccount = Setting(
            name: "keys-per-account", help: "Keys that an account may have.", fallback: "1000")
        static let readyKeys = Setting(name: "ready-keys", help: "Keys made in advance.", fallback: "16")
        static let maxStaleness = Setting(
            name: "max-staleness", help: "How long the gate trusts keys that the store does not confirm.",
            fallback: "5s")
        static let feed = Setting(
            name: "feed", help: "Nodes to take keys from, for a gate that must not reach the database.", fallback: "")
        static let feedTokenFile = Setting(
            name: "feed-token-file", help: "The file of the credential for them, of the role feed.", fallback: "")
        static let gate = Setting(name: "gate", help: "Where the gate listens; off for no gate.", fallback: "off")
        static let media = Setting(
            name: "media", help: "The folder of the media that the gate serves, account/video/….",
            fallback: "")
        static let trustedProxies = Setting(
            name: "trusted-proxies", help: "Proxies whose word on a viewer counts.",
            fallback: "")
        static let originalURIHeader = Setting(
            name: "original-uri-header", help: "Where a proxy that asks /authorize passes what its client asked for.",
            fallback: "X-Original-URI")
        static let countryHeader = Setting(
            name: "country-header", help: "Where a trusted proxy passes the viewer's country.",
            fallback: "")
        static let countryDatabase = Setting(
            name: "country-database", help: "A MaxMind DB file with the countries of viewers.", fallback: "")
        static let cachedTokens = Setting(
            name: "cached-tokens", help: "Tokens the gate remembers as genuine.",
            fallback: "65536")
        static let cachedBytes = Setting(
            name: "cached-bytes", help: "Bytes that remembered tokens may take.",
            fallback: "67108864")

        static let all = [
            data, api, tlsCertificate, tlsKey, masterKeyFile, databaseURL, logLevel, logFormat, bodyLimit, headerLimit,
            connections, requestTimeout, idleTimeout, rateLimit, keysPerAccount, readyKeys, maxStaleness, feed,
            feedTokenFile, gate, media, trustedProxies, originalURIHeader, countryHeader, countryDatabase, cachedTokens,
            cachedBytes,
        ]
    }
#endif
