internal import StreamSigningCommandLine
internal import StreamSigningService

/// The text of every setting, from the strongest source that has one.
struct SettingTexts {
    private let all: [SettingText]

    /// - Parameters:
    ///   - flags: the flags that were given, by setting.
    ///   - path: the settings file; nil for none.
    init(flags: [String: String], file path: String?) throws {
        let file = try path.map { try SettingsFile(path: $0).values } ?? [:]
        all = Setting.all.map { setting in
            if let text = flags[setting.name] {
                SettingText(setting: setting, text: text, source: .flag)
            } else if let text = Environment[setting.environmentName] {
                SettingText(setting: setting, text: text, source: .environment)
            } else if let text = file[setting.name] {
                SettingText(setting: setting, text: text, source: .file(path ?? ""))
            } else {
                SettingText(setting: setting, text: setting.form.fallback, source: .fallback)
            }
        }
        for text in all where text.text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            throw CommandFailure.unusable(text.name, "holds control characters")
        }
    }

    /// `name = value  # source`, one line per setting: what `--print-config` prints, and a settings file may contain.
    var description: String {
        all.map { "\($0.setting.name) = \($0.setting.form.shown($0.text))  # \($0.source)\n" }.joined()
    }

    /// The settings file, if a setting is from there.
    func file(of setting: String) -> String? {
        guard case .file(let path) = all.first(where: { $0.setting.name == setting })?.source else { return nil }
        return path
    }

    /// The values, each checked by itself.
    func settings() throws -> ServeSettings {
        try all.reduce(into: ServeSettings()) { settings, text in try text.setting.form.read(text, &settings) }
    }

    /// Why the service cannot run, with the name under which the user gave an address.
    func failure(_ error: ServiceFailure) -> CommandFailure {
        let text = error.listener.flatMap { listener in all.first { $0.setting.name == listener.rawValue } }
        return .unusable(text.map { "\($0.name) \(error.subject)" } ?? error.subject, error.reason)
    }
}
