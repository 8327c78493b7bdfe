internal import ArgumentParser
internal import StreamSigning

/// What to accept beyond the strict rules.
struct PolicyOptions: ParsableArguments {
    @Option(
        parsing: .unconditional,
        help: ArgumentHelp("How far clocks may be apart, such as 30s; by default not at all.", valueName: "duration"))
    var leeway: String?

    @Option(
        parsing: .unconditional,
        help: ArgumentHelp(
            "Refuse a token that is valid for longer than this from now, such as 24h.", valueName: "duration"))
    var maxLifetime: String?

    @Flag(help: "Accept a token that never expires, which only deleting its key can stop.")
    var insecureAllowMissingExpiry = false

    func policy() throws -> VerificationPolicy {
        VerificationPolicy(
            leeway: try OptionValue("--leeway", leeway)?.duration(allowsZero: true) ?? .zero,
            maximumLifetime: try OptionValue("--max-lifetime", maxLifetime)?.duration(),
            insecurelyAllowsMissingExpiry: insecureAllowMissingExpiry)
    }
}
