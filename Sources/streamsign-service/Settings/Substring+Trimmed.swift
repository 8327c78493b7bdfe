extension Substring {
    /// The text without white space at its ends.
    var trimmed: Substring {
        var text = drop { $0.isWhitespace }
        while let last = text.last, last.isWhitespace { text = text.dropLast() }
        return text
    }
}
