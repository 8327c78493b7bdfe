internal import StreamSigningCommandLine

/// The text of a setting, and where it comes from.
struct SettingText {
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

    let setting: Setting
    let text: String
    let source: Source

    var isEmpty: Bool { text.isEmpty }

    var isFlag: Bool {
        if case .flag = source { true } else { false }
    }

    var isFallback: Bool {
        if case .fallback = source { true } else { false }
    }

    /// The name under which the user gave it.
    var name: String {
        switch source {
        case .environment: setting.environmentName
        case .file(let path): "\(path): \(setting.name)"
        case .flag, .fallback: "--\(setting.name)"
        }
    }

    func value() throws -> OptionValue {
        try OptionValue(name, text)
    }
}
