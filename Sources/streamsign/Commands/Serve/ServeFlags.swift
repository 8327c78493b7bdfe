#if Service
    internal import ArgumentParser

    /// The flags of `serve`, one for each setting.
    struct ServeFlags: ParsableArguments {
        @Option(parsing: .unconditional, help: help(.data, "dir"))
        var data: String?

        @Option(parsing: .unconditional, help: help(.api, "host:port"))
        var api: String?

        @Option(parsing: .unconditional, help: help(.tlsCertificate, "file"))
        var tlsCertificate: String?

        @Option(parsing: .unconditional, help: help(.tlsKey, "file"))
        var tlsKey: String?

        @Option(parsing: .unconditional, help: help(.masterKeyFile, "file"))
        var masterKeyFile: String?

        @Option(parsing: .unconditional, help: help(.databaseURL, "url"))
        var databaseURL: String?

        @Option(parsing: .unconditional, help: help(.logLevel, "level"))
        var logLevel: String?

        @Option(parsing: .unconditional, help: help(.logFormat, "text|json"))
        var logFormat: String?

        @Option(parsing: .unconditional, help: help(.bodyLimit, "bytes"))
        var bodyLimit: String?

        @Option(parsing: .unconditional, help: help(.headerLimit, "bytes"))
        var headerLimit: String?

        @Option(parsing: .unconditional, help: help(.connections, "number"))
        var connections: String?

        @Option(parsing: .unconditional, help: help(.requestTimeout, "duration"))
        var requestTimeout: String?

        @Option(parsing: .unconditional, help: help(.idleTimeout, "duration"))
        var idleTimeout: String?

        @Option(parsing: .unconditional, help: help(.rateLimit, "number"))
        var rateLimit: String?

        @Option(parsing: .unconditional, help: help(.keysPerAccount, "number"))
        var keysPerAccount: String?

        @Option(parsing: .unconditional, help: help(.readyKeys, "number"))
        var readyKeys: String?

        @Option(parsing: .unconditional, help: help(.maxStaleness, "duration"))
        var maxStaleness: String?

        @Option(parsing: .unconditional, help: help(.feed, "url,…"))
        var feed: String?

        @Option(parsing: .unconditional, help: help(.feedTokenFile, "file"))
        var feedTokenFile: String?

        @Option(parsing: .unconditional, help: help(.gate, "host:port|off"))
        var gate: String?

        @Option(parsing: .unconditional, help: help(.media, "dir"))
        var media: String?

        @Option(parsing: .unconditional, help: help(.trustedProxies, "cidr,…"))
        var trustedProxies: String?

        @Option(
            name: .customLong("original-uri-header"), parsing: .unconditional, help: help(.originalURIHeader, "name"))
        var originalURIHeader: String?

        @Option(parsing: .unconditional, help: help(.countryHeader, "name"))
        var countryHeader: String?

        @Option(parsing: .unconditional, help: help(.countryDatabase, "file"))
        var countryDatabase: String?

        @Option(parsing: .unconditional, help: help(.cachedTokens, "number"))
        var cachedTokens: String?

        @Option(parsing: .unconditional, help: help(.cachedBytes, "bytes"))
        var cachedBytes: String?

        /// Those that were given, by the name of their setting.
        var given: [String: String] {
            let all: [(Setting, String?)] = [
                (.data, data),
                (.api, api),
                (.tlsCertificate, tlsCertificate),
                (.tlsKey, tlsKey),
                (.masterKeyFile, masterKeyFile),
                (.databaseURL, databaseURL),
                (.logLevel, logLevel),
                (.logFormat, logFormat),
                (.bodyLimit, bodyLimit),
                (.headerLimit, headerLimit),
                (.connections, connections),
                (.requestTimeout, requestTimeout),
                (.idleTimeout, idleTimeout),
                (.rateLimit, rateLimit),
                (.keysPerAccount, keysPerAccount),
                (.readyKeys, readyKeys),
                (.maxStaleness, maxStaleness),
                (.feed, feed),
                (.feedTokenFile, feedTokenFile),
                (.gate, gate),
                (.media, media),
                (.trustedProxies, trustedProxies),
                (.originalURIHeader, originalURIHeader),
                (.countryHeader, countryHeader),
                (.countryDatabase, countryDatabase),
                (.cachedTokens, cachedTokens),
                (.cachedBytes, cachedBytes),
            ]
            return Dictionary(uniqueKeysWithValues: all.compactMap { setting, text in text.map { (setting.name, $0) } })
        }

        private static func help(_ setting: Setting, _ value: String) -> ArgumentHelp {
            let fallback = setting.fallback.isEmpty ? "" : " (default: \(setting.fallback))"
            return ArgumentHelp("\(setting.help)\(fallback)", valueName: value)
        }
    }
#endif
