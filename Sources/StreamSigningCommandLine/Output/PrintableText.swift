extension String {
    /// The text on one line of a terminal: a token or a file name must not move the cursor, colour the rest or change the
    /// direction of writing.
    package var printable: String {
        // Nearly every text is visible ASCII, which is soon seen.
        guard utf8.contains(where: { $0 < 0x20 || $0 > 0x7E }), unicodeScalars.contains(where: \.isSteering) else {
            return self
        }
        return unicodeScalars.reduce(into: "") { text, scalar in
            text += scalar.isSteering ? "\\u{\(String(scalar.value, radix: 16))}" : String(scalar)
        }
    }
}

extension Unicode.Scalar {
    var isSteering: Bool {
        guard value > 0x7E else { return value < 0x20 }
        return switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: true
        default: false
        }
    }
}
