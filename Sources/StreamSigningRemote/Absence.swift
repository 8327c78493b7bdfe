internal import StreamSigning
internal import StreamSigningCommandLine

/// What a command names and the service doesn't have. Its "Not Found" does not say.
enum Absence {
    case key(KeyID)
    case revocation(RevocationID)

    var message: String {
        switch self {
        case .key(let id): "the account has no key \(id.rawValue.printable)"
        case .revocation(let id): "the account has no revocation \(id) in force"
        }
    }

    /// What to do about it.
    var advice: String {
        switch self {
        case .key:
            "it was deleted, or the id is wrong: 'streamsign remote list' shows the keys; ids are case-sensitive"
        case .revocation:
            "it has ended or was lifted, or the id is wrong: 'streamsign remote revocations' shows those in force"
        }
    }
}
