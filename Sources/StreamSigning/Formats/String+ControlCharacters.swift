extension String {
    /// Whether the text has characters of C0 or C1, or DEL.
    package var hasControlCharacters: Bool {
        unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
