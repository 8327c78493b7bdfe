internal import FoundationEssentials
internal import StreamSigningService

/// Variables of the environment that look like settings and are not: a misspelt one would otherwise be ignored without a word.
enum UnknownVariables {
    /// What `serve` and the other commands read besides the settings.
    private static let others: Set<String> = [
        "STREAMSIGN_CONFIG", MasterKeySource.environmentName, "STREAMSIGN_API_URL", "STREAMSIGN_ACCOUNT",
        "STREAMSIGN_API_TOKEN", "STREAMSIGN_KEY_FILE",
    ]

    /// Their names, in order. An empty value counts as absent.
    static var names: [String] {
        let known = others.union(Setting.all.map(\.environmentName))
        return ProcessInfo.processInfo.environment.compactMap { name, value in
            let isOurs = name.hasPrefix("STREAMSIGN_") && !isServiceAddress(name)
            return isOurs && !known.contains(name) && !value.isEmpty ? name : nil
        }.sorted()
    }

    /// Kubernetes puts the address of each service into the environment: `STREAMSIGN_SERVICE_HOST` and `STREAMSIGN_PORT_8787_TCP` for one
    /// whose name is `streamsign`.
    private static func isServiceAddress(_ name: String) -> Bool {
        name.hasSuffix("_PORT") || ["_SERVICE_HOST", "_SERVICE_PORT", "_PORT_"].contains { name.contains($0) }
    }
}
