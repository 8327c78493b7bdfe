#if Service
    internal import StreamSigning
    internal import StreamSigningService

    /// What `serve` runs with: every setting's value and where it is from.
    struct ServiceSettings {
        enum Source: CustomStringConvertible {
            case flag
            case environment
            case file(String)
            case fallback

            var description: String {
                switch self {
                case .flag: "flag"
                case .environment: "environment"
                case .file(let path): path
                case .fallback: "default"
                }
            }
        }

        private var values: [String: (text: String, source: Source)] = [:]

        /// - Parameters:
        ///   - flags: the flags that were given, by setting.
        ///   - path: the configuration file; nil for none.
        init(flags: [String: String], file path: String?) throws {
            let file = try path.map { try SettingsFile(path: $0).values } ?? [:]
            for setting in Setting.all {
                values[setting.name] =
                    if let text = flags[setting.name] {
                        (text, .flag)
                    } else if let text = Environment[setting.environmentName] {
                        (text, .environment)
                    } else if let text = file[setting.name] {
                        (text, .file(path ?? ""))
                    } else {
                        (setting.fallback, .fallback)
                    }
            }
        }

        func text(_ setting: Setting) -> String {
            values[setting.name]?.text ?? setting.fallback
        }

        /// `name = value   # source`, a line each: what `--print-config` prints and a configuration file may hold.
        var description: String {
            Setting.all.map { setting in
                "\(setting.name) = \(shown(setting))  # \(values[setting.name]?.source ?? .fallback)\n"
            }.joined()
        }

        /// The value, without a password that it may hold.
        private func shown(_ setting: Setting) -> String {
            let text = text(setting)
            guard setting.name == Setting.databaseURL.name, !text.isEmpty else { return text }
            return (try? StoreLocation(databaseURL: text))?.description ?? "(unreadable)"
        }

        /// Where the store is: in the database, if one is named, else in the data folder.
        func storeLocation() throws -> StoreLocation {
            let url = text(.databaseURL)
            guard !url.isEmpty else { return .folder(DataDirectory(text(.data))) }
            var isFlag = false
            if case .flag = values[Setting.databaseURL.name]?.source { isFlag = true }
            return try StoreLocation(
                option: name(.databaseURL), url, isOnCommandLine: isFlag, databaseOnly: true)
        }

        func configuration() throws -> ServiceConfiguration {
            var configuration = ServiceConfiguration()
            (configuration.host, configuration.port) = try address(.api)
            configuration.gate = try gate()
            configuration.tls = try tls()
            configuration.maximumStaleness = try staleness()
            configuration.limits.bodyBytes = try integer(.bodyLimit, 1024...16_777_216)
            configuration.limits.headerBytes = try integer(.headerLimit, 1024...1_048_576)
            configuration.limits.connections = try integer(.connections, 1...1_000_000)
            configuration.limits.requestTimeout = try duration(.requestTimeout)
            configuration.limits.idleTimeout = try duration(.idleTimeout)
            configuration.limits.requestsPerSecond = try integer(.rateLimit, 0...1_000_000)
            configuration.limits.keysPerAccount = try integer(.keysPerAccount, 1...1_000_000)
            configuration.limits.readyKeys = try integer(.readyKeys, 0...1024)
            return configuration
        }

        /// The gate's part; nil for `off`.
        private func gate() throws -> GateConfiguration? {
            guard text(.gate) != "off" else {
                // Nobody has said that there is to be none.
                if case .fallback = values[Setting.gate.name]?.source, !text(.media).isEmpty {
                    throw try value(.media).unusable("is for a gate: it needs --gate")
                }
                return nil
            }
            var gate = GateConfiguration()
            (gate.host, gate.port) = try address(.gate)
            gate.media = text(.media).isEmpty ? nil : text(.media)
            gate.trustedProxies = try value(.trustedProxies).converted { text in
                try text.split(separator: ",").map { try IPNetwork($0.filter { $0 != " " }) }
            }
            gate.originalURIHeader = try fieldName(.originalURIHeader) ?? gate.originalURIHeader
            gate.countryHeader = try fieldName(.countryHeader)
            gate.countryDatabase = try countryDatabase()
            gate.cachedTokens = try integer(.cachedTokens, 0...10_000_000)
            gate.cachedBytes = try integer(.cachedBytes, 0...1 << 36)
            return gate
        }

        /// A file that this build can read; nil for none.
        private func countryDatabase() throws -> String? {
            guard !text(.countryDatabase).isEmpty else { return nil }
            #if MaxMindDB
                return text(.countryDatabase)
            #else
                throw try value(.countryDatabase).unusable(GateConfiguration.noCountryDatabases)
            #endif
        }

        /// The name of an HTTP field (RFC 9110 5.1); nil if there is none.
        private func fieldName(_ setting: Setting) throws -> String? {
            guard !text(setting).isEmpty else { return nil }
            return try value(setting).converted(expecting: "the name of an HTTP field") { text in
                let isName = text.utf8.allSatisfy { byte in
                    switch byte {
                    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "_"): true
                    default: false
                    }
                }
                return isName ? text : nil
            }
        }

        func value(_ setting: Setting) throws -> OptionValue {
            try OptionValue(name(setting), text(setting))
        }

        /// The name under which the user gave the value.
        private func name(_ setting: Setting) -> String {
            switch values[setting.name]?.source {
            case .environment: setting.environmentName
            case .file(let path): "\(path): \(setting.name)"
            default: "--" + setting.name
            }
        }

        private func integer(_ setting: Setting, _ range: ClosedRange<Int>) throws -> Int {
            try value(setting).integer(range)
        }

        /// Nanoseconds in 64 bits end after 292 years, and a timeout makes no sense long before.
        private func duration(_ setting: Setting) throws -> Duration {
            let duration = try value(setting).duration()
            guard duration <= .seconds(86_400) else { throw try value(setting).unusable("must be at most a day") }
            return duration
        }

        /// Less than a second would refuse good tokens whenever the database takes a breath.
        private func staleness() throws -> Duration {
            let duration = try duration(.maxStaleness)
            guard duration >= .seconds(1) else { throw try value(.maxStaleness).unusable("must be at least 1s") }
            return duration
        }

        /// `HOST:PORT`, `[::1]:PORT` or `:PORT` for all interfaces.
        private func address(_ setting: Setting) throws -> (String, Int) {
            try value(setting).converted(expecting: "an address such as 127.0.0.1:8787") { text in
                guard let colon = text.lastIndex(of: ":"), let port = UInt16(text[text.index(after: colon)...]) else {
                    return nil
                }
                var host = text[..<colon]
                if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
                return (host.isEmpty ? "0.0.0.0" : String(host), Int(port))
            }
        }

        private func tls() throws -> ServiceConfiguration.TLS? {
            let (certificate, key) = (text(.tlsCertificate), text(.tlsKey))
            guard certificate.isEmpty == key.isEmpty else {
                throw CommandFailure.unusable(
                    name(certificate.isEmpty ? .tlsKey : .tlsCertificate), "certificate and key come together")
            }
            return certificate.isEmpty ? nil : .init(certificateFile: certificate, keyFile: key)
        }
    }
#endif
