extension String {
    /// The beginning of a text from outside, for a message: at most `limit` scalars on one line. What could end the line,
    /// steer a terminal or turn the direction of writing is replaced, so that a token cannot write into a log.
    func excerpt(_ limit: Int = 64) -> String {
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
