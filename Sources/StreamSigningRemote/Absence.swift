internal import StreamSigning
internal import StreamSigningCommandLine

/// What a service has not got that a command names. Its "Not Found" does not say.
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
            "it is deleted, or the id is another: 'streamsign remote list' shows the keys, and capital letters are not small ones"
        case .revocation:
            "it has ended or was lifted, or the id is another: 'streamsign remote revocations' shows those in force"
        }
    }
}
