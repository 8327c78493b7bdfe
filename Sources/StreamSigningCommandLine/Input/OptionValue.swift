internal import ArgumentParser
package import StreamSigning

/// The text of an option or argument. It is converted when the command runs, because a value that cannot be used is not wrong
/// usage. The message then names the option and the value.
package struct OptionValue: Sendable {
    package let name: String
    package let text: String

    package init(_ name: String, _ text: String) throws {
        // Options accept values that begin with a dash (a negative number, an id), but not another option.
        guard !text.hasPrefix("--") || !name.hasPrefix("--") else {
            throw ValidationError("Missing value for '\(name)'")
        }
        self.name = name
        self.text = text
    }

    /// - Parameter text: nil if the option is not given.
    package init?(_ name: String, _ text: String?) throws {
        guard let text else { return nil }
        try self.init(name, text)
    }

    package func converted<Value>(_ convert: (String) throws -> Value) throws -> Value {
        do {
            return try convert(text)
        } catch let error as any Error & CustomStringConvertible {
            throw unusable(error.description)
        }
    }

    /// - Parameter expected: what the text should have been, if `convert` returns nil.
    package func converted<Value>(expecting expected: String, _ convert: (String) -> Value?) throws -> Value {
        guard let value = convert(text) else { throw unusable("not \(expected)") }
        return value
    }

    package func unusable(_ reason: String) -> CommandFailure {
        .unusable("\(name) '\(text.prefix(64))\(text.count > 64 ? "…" : "")'", reason)
    }
}

extension OptionValue {
    package func time() throws -> NumericDate {
        try converted(expecting: "a time: write RFC 3339 such as 2030-01-01T00:00:00Z, or unix seconds") {
            NumericDate($0)
        }
    }

    /// A time, or how long it is until then.
    package func time(from now: NumericDate) throws -> NumericDate {
        if let duration = Duration(units: text), duration > .zero { return now + duration }
        return try converted(expecting: "a time: write 7d, 2h or 1h30m from now, RFC 3339, or unix seconds") {
            NumericDate($0)
        }
    }

    /// - Parameter allowsZero: whether a duration of zero makes sense.
    package func duration(allowsZero: Bool = false) throws -> Duration {
        let duration = try converted(expecting: "a duration: write 90s, 15m, 2h, 7d or 1h30m") { Duration(units: $0) }
        guard allowsZero || duration > .zero else { throw unusable("must be longer than nothing") }
        return duration
    }

    package func integer(_ range: ClosedRange<Int>) throws -> Int {
        try converted(expecting: "a whole number from \(range.lowerBound) to \(range.upperBound)") { text in
            text.hasPrefix("+") ? nil : Int(text).flatMap { range.contains($0) ? $0 : nil }
        }
    }
}
