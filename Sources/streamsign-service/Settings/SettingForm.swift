internal import StreamSigningCommandLine

/// Which texts a setting may have, and where its value goes.
///
/// The default is not written here either: it is what ``ServeSettings``, and with it the library, begins with.
struct SettingForm: Sendable {
    typealias Place<Value> = any WritableKeyPath<ServeSettings, Value> & Sendable

    /// The default, as a text.
    let fallback: String
    /// The text as others may see it.
    var shown: @Sendable (String) -> String = { $0 }
    /// Checks a text, and puts its value into its place.
    let read: @Sendable (SettingText, inout ServeSettings) throws -> Void
}

extension SettingForm {
    /// Any text but none.
    static func text(_ place: Place<String>) -> Self {
        Self(fallback: ServeSettings()[keyPath: place]) { text, settings in
            let value = try text.value()
            guard !value.text.isEmpty else { throw value.unusable("must not be empty") }
            settings[keyPath: place] = value.text
        }
    }

    /// Any text; an empty one is none. With the name under which it was given, for messages.
    static func optional(_ place: Place<OptionValue?>) -> Self {
        Self(fallback: "") { text, settings in
            settings[keyPath: place] = text.isEmpty ? nil : try text.value()
        }
    }

    static func choice<Value: RawRepresentable<String> & Sendable>(_ place: Place<Value>, expecting expected: String)
        -> Self
    {
        Self(fallback: ServeSettings()[keyPath: place].rawValue) { text, settings in
            settings[keyPath: place] = try text.value().converted(expecting: expected) { Value(rawValue: $0) }
        }
    }

    static func number(_ place: Place<Int>, _ range: ClosedRange<Int>) -> Self {
        Self(fallback: "\(ServeSettings()[keyPath: place])") { text, settings in
            settings[keyPath: place] = try text.value().integer(range)
        }
    }

    /// At least a second, and at most a day: nanoseconds in 64 bits end after 292 years, and a timeout makes no sense long before.
    static func duration(_ place: Place<Duration>) -> Self {
        Self(fallback: ServeSettings()[keyPath: place].units) { text, settings in
            let value = try text.value()
            let duration = try value.duration()
            guard duration <= .seconds(86_400) else { throw value.unusable("must be at most a day") }
            settings[keyPath: place] = duration
        }
    }
}
