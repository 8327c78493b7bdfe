internal import ArgumentParser
internal import StreamSigning

/// The access rules, in the order in which they stand on the command line.
///
/// ArgumentParser keeps the order of one option's values, not that across options; so it checks and collects the values,
/// and the order is read from the arguments.
struct AccessRuleOptions: ParsableArguments {
    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("Allow these countries.", valueName: "cc,…"))
    var allowCountry: [String] = []

    @Option(parsing: .unconditionalSingleValue, help: ArgumentHelp("Block these countries.", valueName: "cc,…"))
    var blockCountry: [String] = []

    @Option(
        parsing: .unconditionalSingleValue, help: ArgumentHelp("Allow these addresses.", valueName: "cidr,…"))
    var allowIP: [String] = []

    @Option(
        parsing: .unconditionalSingleValue, help: ArgumentHelp("Block these addresses.", valueName: "cidr,…"))
    var blockIP: [String] = []

    @Flag(help: "Allow everybody whom no rule before matched.")
    var allowAny = false

    @Flag(help: "Block everybody whom no rule before matched.")
    var blockAny = false

    /// - Parameter words: the arguments that these options were parsed from.
    func rules(inOrderOf words: [String]) throws -> [AccessRule] {
        var values = [
            "--allow-country": allowCountry[...], "--block-country": blockCountry[...],
            "--allow-ip": allowIP[...], "--block-ip": blockIP[...],
        ]
        // An option's name never stands as another's value (`OptionValue` sees to that), nor as an option behind `--`.
        return try words.prefix { $0 != "--" }.compactMap { word in
            let name = String(word.prefix { $0 != "=" })
            switch name {
            case "--allow-any": return .allow(.any)
            case "--block-any": return .block(.any)
            default:
                guard let text = values[name]?.popFirst() else { return nil }
                let viewers = try Self.viewers(OptionValue(name, text))
                return name.hasPrefix("--allow") ? .allow(viewers) : .block(viewers)
            }
        }
    }

    private static func viewers(_ value: OptionValue) throws -> AccessRule.Viewers {
        let entries = value.text.split(separator: ",", omittingEmptySubsequences: false).map { entry in
            String(entry.trimmingPrefix { $0 == " " }.reversed().trimmingPrefix { $0 == " " }.reversed())
        }
        return value.name.hasSuffix("country")
            ? .countries(try entries.map { entry in try value.converted { _ in try CountryCode(entry) } })
            : .addresses(try entries.map { entry in try value.converted { _ in try IPNetwork(entry) } })
    }
}
