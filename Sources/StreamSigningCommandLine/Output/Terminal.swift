internal import StreamSigningPlatform

/// Whether our output goes to a terminal, and what that terminal can show.
enum Terminal {
    static var showsOutput: Bool { isatty(STDOUT_FILENO) == 1 }
    static var showsErrors: Bool { isatty(STDERR_FILENO) == 1 }

    /// True on a terminal that has colours, unless the user asked for none (no-color.org).
    static var showsColours: Bool {
        showsOutput && Environment["NO_COLOR"] == nil && ![nil, "dumb"].contains(Environment["TERM"])
    }

    /// A colour of the terminal's own palette.
    enum Colour: Int {
        case red = 31
        case green = 32
        case grey = 90

        func paint(_ text: String) -> String { "\u{1B}[\(rawValue)m\(text)\u{1B}[0m" }
    }
}
