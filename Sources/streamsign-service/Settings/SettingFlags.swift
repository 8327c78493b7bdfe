internal import ArgumentParser

/// The flags of `serve`, one for each setting.
///
/// ArgumentParser finds options by looking at the properties of a type, and has them decoded under the names of these. The
/// properties it is shown are the rows of ``Setting/all``.
struct SettingFlags: ParsableArguments, CustomReflectable {
    /// The texts of those that were given, by the name of their setting.
    private(set) var given: [String: String] = [:]

    init() {}

    init(from decoder: any Decoder) throws {
        let options = try decoder.container(keyedBy: Name.self)
        for setting in Setting.all {
            given[setting.name] = try options.decode(Option<String?>.self, forKey: Name(setting.name)).wrappedValue
        }
    }

    var customMirror: Mirror {
        Mirror(self, children: Setting.all.map { (label: $0.name, value: $0.option) })
    }

    private struct Name: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(_ name: String) {
            stringValue = name
        }

        init?(stringValue: String) {
            self.init(stringValue)
        }

        init?(intValue: Int) {
            return nil
        }
    }
}
