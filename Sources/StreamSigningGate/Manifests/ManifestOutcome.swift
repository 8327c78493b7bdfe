/// What became of the URLs in a manifest. Counted with each answer.
enum ManifestOutcome: String, CaseIterable, Sendable {
    /// All that lead to the video are relative.
    case relative
    case rewritten
    /// Some that lead to this origin are served as they are: the setting is off, or they cannot be turned.
    case notRelative = "not_relative"
    /// It is too long to be looked at.
    case tooLong = "too_long"
    case notUnderstood = "not_understood"
}
