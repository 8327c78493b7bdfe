internal import ArgumentParser

/// The flags of `serve`, one for each setting.
///
/// ArgumentParser finds options by reflection on a type's properties, and decodes them under the properties' names. Here the
/// mirror shows it the rows of ``Setting/all`` instead.
struct SettingFlags: ParsableArguments, CustomReflectable {
    /// The texts of the flags that were given, by the name of their setting.
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
