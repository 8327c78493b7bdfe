internal import ArgumentParser
internal import StreamSigning

/// The access rules, in their order on the command line.
///
/// ArgumentParser keeps the order of one option's values, but not across options. So it checks and collects the values,
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

    @Flag(help: "Allow everyone whom no earlier rule matched.")
    var allowAny = false

    @Flag(help: "Block everyone whom no earlier rule matched.")
    var blockAny = false

    /// - Parameter words: the arguments that these options were parsed from.
    func rules(inOrderOf words: [String]) throws -> [AccessRule] {
        var values = [
            "--allow-country": allowCountry[...], "--block-country": blockCountry[...],
            "--allow-ip": allowIP[...], "--block-ip": blockIP[...],
        ]
        // An option's name is never another's value (`OptionValue` prevents that), and after `--` it is not an option.
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
