/// What became of the URLs in a manifest. Counted with each answer.
enum ManifestOutcome: String, CaseIterable, Sendable {
    /// All that lead to the video are relative.
    case relative
    case rewritten
    /// Some that may lead to the video are served as they are: the setting is off, they could be read in two ways, or they name
    /// another host than the request.
    case notRelative = "not_relative"
    /// It is too long to be looked at.
    case tooLong = "too_long"
    case notUnderstood = "not_understood"
}
