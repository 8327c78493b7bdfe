extension Int {
    /// `1 key`, `2 keys`.
    package func counting(_ noun: String) -> String {
        self == 1 ? "1 \(noun)" : "\(self) \(noun)s"
    }
}
