extension String {
    /// Whether the text has characters of C0 or C1, or DEL.
    package var hasControlCharacters: Bool {
        // Few texts have a byte that one of them begins with, and Unicode's tables are slow.
        utf8.contains { $0 < 0x20 || $0 == 0x7F || $0 == 0xC2 }
            && unicodeScalars.contains { $0.properties.generalCategory == .control }
    }
}
