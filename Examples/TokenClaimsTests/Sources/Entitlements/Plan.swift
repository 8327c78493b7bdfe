/// What a viewer has paid for.
public enum Plan: Sendable, CaseIterable {
    case trial
    case subscriber

    /// How long a token is good for.
    var tokenLifetime: Duration {
        switch self {
        case .trial: .seconds(5 * 60)
        case .subscriber: .seconds(2 * 60 * 60)
        }
    }

    var mayDownload: Bool { self == .subscriber }
}
