/// One of a token's access rules: what it does to the viewers it matches.
///
/// Rules are read in order and the first that matches decides; if none does, the token is valid. To deny by default, end
/// with `.block(.any)`.
///
/// ```swift
/// let rules: [AccessRule] = [.allow(.countries(.gb, .ie)), .allow(.addresses(try IPNetwork("192.0.2.0/24"))), .block(.any)]
/// ```
public struct AccessRule: Sendable, Hashable {
    /// What happens to a viewer who matches.
    public enum Action: String, Sendable, CaseIterable {
        case allow, block
    }

    /// Which viewers match.
    public enum Viewers: Sendable, Hashable {
        /// Everybody.
        case any
        /// Those whose address is in one of the blocks.
        case addresses([IPNetwork])
        /// Those in one of the countries.
        case countries([CountryCode])

        /// Those whose address is in one of the blocks.
        public static func addresses(_ networks: IPNetwork...) -> Viewers { .addresses(networks) }
        /// Those in one of the countries.
        public static func countries(_ countries: CountryCode...) -> Viewers { .countries(countries) }
    }

    /// What happens to a viewer who matches.
    public let action: Action
    /// Which viewers match.
    public let viewers: Viewers

    /// Lets these viewers play.
    public static func allow(_ viewers: Viewers) -> AccessRule { AccessRule(action: .allow, viewers: viewers) }
    /// Stops these viewers.
    public static func block(_ viewers: Viewers) -> AccessRule { AccessRule(action: .block, viewers: viewers) }

    /// Whether a rule matches one viewer.
    enum Match {
        case yes, no
        /// The rule depends on something that is not known of the viewer.
        case countryUnknown, addressUnknown
    }

    func match(address: IPAddress?, country: CountryCode?) -> Match {
        switch viewers {
        case .any:
            return .yes
        case .addresses(let networks):
            guard let address else { return .addressUnknown }
            return networks.contains { $0.contains(address) } ? .yes : .no
        case .countries(let countries):
            guard let country else { return .countryUnknown }
            return countries.contains(country) ? .yes : .no
        }
    }
}

extension AccessRule: CustomStringConvertible {
    /// For a person: `block country RU, BY`.
    public var description: String {
        switch viewers {
        case .any: "\(action.rawValue) any"
        case .addresses(let networks): "\(action.rawValue) ip \(networks.map(\.description).joined(separator: ", "))"
        case .countries(let countries):
            "\(action.rawValue) country \(countries.map(\.description).joined(separator: ", "))"
        }
    }
}
