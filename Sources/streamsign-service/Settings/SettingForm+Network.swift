internal import StreamSigning
internal import StreamSigningCommandLine
internal import StreamSigningService

extension SettingForm {
    static func address(_ host: Place<String>, _ port: Place<Int>) -> Self {
        let defaults = ServeSettings()
        return Self(fallback: "\(defaults[keyPath: host]):\(defaults[keyPath: port])") { text, settings in
            (settings[keyPath: host], settings[keyPath: port]) = try text.value().address()
        }
    }

    /// An address, or `off`.
    static let gate = Self(fallback: "off") { text, settings in
        let value = try text.value()
        guard value.text != "off" else {
            settings.gateIs = text.isFallback ? .notMentioned : .off
            return
        }
        (settings.gate.host, settings.gate.port) = try value.address()
        settings.gateIs = .on
    }

    /// A PostgreSQL database, whose password is never shown; empty means none.
    static func database(_ place: Place<StoreLocation?>) -> Self {
        var form = Self(fallback: "") { text, settings in
            guard !text.isEmpty else { return }
            settings[keyPath: place] = try StoreLocation(
                option: text.name, text.text, isOnCommandLine: text.isFlag, databaseOnly: true)
        }
        form.shown = { $0.isEmpty ? "" : (try? StoreLocation(databaseURL: $0))?.description ?? "(unreadable)" }
        return form
    }

    /// Addresses and blocks of addresses, separated by commas.
    static func networks(_ place: Place<[IPNetwork]>) -> Self {
        Self(fallback: ServeSettings()[keyPath: place].map(\.description).joined(separator: ",")) { text, settings in
            settings[keyPath: place] = try text.value().converted { text in
                try text.split(separator: ",").map { try IPNetwork(String($0.trimmed)) }
            }
        }
    }

    static let proxyProtocol = Self(fallback: ServeSettings.ProxyProtocolListeners.off.rawValue) { text, settings in
        let value = try text.value()
        let listeners = try value.converted(expecting: "off, api, gate or both") {
            ServeSettings.ProxyProtocolListeners(rawValue: $0)
        }
        settings.proxyProtocol = listeners == .off ? nil : (listeners, value)
    }

    /// Origins of pages, separated by commas; `*`, or nothing, for all.
    static func origins(_ place: Place<[WebOrigin]>) -> Self {
        Self(fallback: "*") { text, settings in
            let isEverybody = text.isEmpty || text.text == "*"
            settings[keyPath: place] =
                isEverybody
                ? []
                : try text.value().converted(
                    expecting: "origins such as https://player.example, with commas between them"
                ) { $0.list { WebOrigin($0) } }
        }
    }

    /// Places in a request, separated by commas; the default if empty.
    static func tokenSources(_ place: Place<[TokenSource]>) -> Self {
        let names = { (sources: [TokenSource]) in sources.map(\.rawValue).joined(separator: ",") }
        return Self(fallback: names(ServeSettings()[keyPath: place])) { text, settings in
            guard !text.isEmpty else { return }
            settings[keyPath: place] = try text.value().converted(
                expecting:
                    "one or more of \(TokenSource.allCases.map(\.rawValue).joined(separator: ", ")), with commas between them"
            ) { $0.list { TokenSource(rawValue: String($0)) } }
        }
    }

    /// The name of an HTTP field; the default if empty.
    static func fieldName(_ place: Place<String>) -> Self {
        Self(fallback: ServeSettings()[keyPath: place]) { text, settings in
            guard !text.isEmpty else { return }
            settings[keyPath: place] = try text.value().fieldName()
        }
    }

    /// The name of an HTTP field; empty means none.
    static func fieldName(_ place: Place<String?>) -> Self {
        Self(fallback: ServeSettings()[keyPath: place] ?? "") { text, settings in
            settings[keyPath: place] = text.isEmpty ? nil : try text.value().fieldName()
        }
    }

    /// A file that this build can read; empty means none.
    static func countryDatabase(_ place: Place<String?>) -> Self {
        Self(fallback: "") { text, settings in
            guard !text.isEmpty else { return }
            guard CountryFollower.isAvailable else {
                throw try text.value().unusable(GateConfiguration.noCountryDatabases)
            }
            settings[keyPath: place] = text.text
        }
    }
}

extension OptionValue {
    /// `HOST:PORT`, `[::1]:PORT` or `:PORT` for every IPv4 interface.
    fileprivate func address() throws -> (String, Int) {
        let expected = "an address: write 127.0.0.1:8787, [::1]:8787, or :8787 for every IPv4 interface"
        return try converted(expecting: expected) { text in
            guard let colon = text.lastIndex(of: ":") else { return nil }
            let digits = text[text.index(after: colon)...]
            guard digits.utf8.allSatisfy(\.isASCIIDigit), let port = UInt16(digits) else { return nil }
            var host = text[..<colon]
            if host.hasPrefix("["), host.hasSuffix("]") {
                host = host.dropFirst().dropLast()
            } else if host.contains(":") || host == "*" {
                // Only brackets say where an IPv6 address ends and its port begins.
                return nil
            }
            guard host.allSatisfy({ !$0.isWhitespace && !"[]".contains($0) }) else { return nil }
            return (host.isEmpty ? "0.0.0.0" : String(host), Int(port))
        }
    }

    /// The name of an HTTP field (RFC 9110 5.1).
    fileprivate func fieldName() throws -> String {
        try converted(expecting: "the name of an HTTP field") { text in
            text.utf8.allSatisfy(\.isASCIIIdentifier) ? text : nil
        }
    }
}
