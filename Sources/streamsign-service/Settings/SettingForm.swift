internal import StreamSigning
internal import StreamSigningCommandLine

/// Which texts a setting accepts, and where its value goes.
///
/// The default is not written here: it is what ``ServeSettings`` begins with, which is the library's.
struct SettingForm: Sendable {
    typealias Place<Value> = any WritableKeyPath<ServeSettings, Value> & Sendable

    /// The default, as a text.
    let fallback: String
    /// The text as others may see it.
    var shown: @Sendable (String) -> String = { $0 }
    /// Checks a text, and stores its value.
    let read: @Sendable (SettingText, inout ServeSettings) throws -> Void
}

extension SettingForm {
    /// Any text that is not empty.
    static func text(_ place: Place<String>) -> Self {
        Self(fallback: ServeSettings()[keyPath: place]) { text, settings in
            let value = try text.value()
            guard !value.text.isEmpty else { throw value.unusable("must not be empty") }
            settings[keyPath: place] = value.text
        }
    }

    /// Any text; empty means none. It keeps the name under which it was given, for messages.
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

    /// At least a day, or `off`.
    static func lifetime(_ place: Place<Duration?>) -> Self {
        Self(fallback: ServeSettings()[keyPath: place]?.units ?? "off") { text, settings in
            let value = try text.value()
            guard value.text != "off" else {
                settings[keyPath: place] = nil
                return
            }
            let duration = try value.duration()
            guard duration >= .seconds(86_400) else { throw value.unusable("must be at least a day, or off") }
            settings[keyPath: place] = duration
        }
    }

    /// At least a second and at most a day. A longer timeout makes no sense, and 64 bits of nanoseconds end after 292 years.
    /// - Parameter allowsZero: whether not waiting at all is a choice too.
    static func duration(_ place: Place<Duration>, allowsZero: Bool = false) -> Self {
        Self(fallback: ServeSettings()[keyPath: place].units) { text, settings in
            let value = try text.value()
            let duration = try value.duration(allowsZero: allowsZero)
            guard duration <= .seconds(86_400) else { throw value.unusable("must be at most a day") }
            settings[keyPath: place] = duration
        }
    }

    /// `auto`, `off`, or the path of a library. The system would look for a name without a slash in folders of its own.
    static let multiBufferRSA = Self(fallback: "auto") { text, settings in
        let value = try text.value()
        settings.multiBufferRSA = try value.converted(expecting: "auto, off, or a path with a slash") { text in
            switch text {
            case "auto": .automatic
            case "off": .off
            default: text.contains("/") ? .file(text) : nil
            }
        }
    }
}
