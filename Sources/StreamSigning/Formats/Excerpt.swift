extension String {
    /// The beginning of a foreign text, for a message: at most `limit` scalars on one line. Characters that end the line,
    /// control a terminal or change the direction of writing are replaced, so that a token cannot forge lines of a log.
    package func excerpt(_ limit: Int = 64) -> String {
        var excerpt = ""
        for scalar in unicodeScalars.prefix(limit) {
            switch scalar.properties.generalCategory {
            case .control, .format, .lineSeparator, .paragraphSeparator: excerpt.unicodeScalars.append("\u{FFFD}")
            default: excerpt.unicodeScalars.append(scalar)
            }
        }
        return unicodeScalars.dropFirst(limit).isEmpty ? excerpt : excerpt + "…"
    }
}
