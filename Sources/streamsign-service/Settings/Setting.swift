internal import ArgumentParser

/// One value that `serve` takes from a flag, the environment or the settings file, in that order.
///
/// Its row in ``Setting/all`` says everything: the flag, the variable, the line of the file, the default, the check, `--help`
/// and `--print-config` follow from it.
struct Setting: Sendable {
    /// Its name in the file; `--` before it makes the flag.
    let name: String
    /// The placeholder of the value in the help.
    let valueName: String
    let help: String
    /// Which texts it accepts, and where its value goes.
    let form: SettingForm

    init(_ name: String, _ valueName: String, _ help: String, _ form: SettingForm) {
        self.name = name
        self.valueName = valueName
        self.help = help
        self.form = form
    }

    /// `request-timeout` is `STREAMSIGN_REQUEST_TIMEOUT` in the environment.
    var environmentName: String {
        "STREAMSIGN_" + name.uppercased().map { $0 == "-" ? "_" : String($0) }.joined()
    }

    /// The definition of the flag.
    var option: Option<String?> {
        let suffix = form.fallback.isEmpty ? "" : " (default: \(form.fallback))"
        return Option(
            name: .customLong(name), parsing: .unconditional,
            help: ArgumentHelp("\(help)\(suffix)", valueName: valueName))
    }
}
