internal import StreamSigning

extension AuditEvent {
    /// Separates the two parts of a recorded subject. No id has it.
    private static let separator = "\u{1F}"

    /// The subject and the fingerprint in one text, as databases keep them and digests cover them. Without a fingerprint, it is the
    /// subject, as in every earlier version.
    var recordedSubject: String? {
        guard let fingerprint else { return subject }
        return (subject ?? "") + Self.separator + Hex.encode(fingerprint)
    }

    /// Takes a recorded subject apart.
    static func parts(ofRecordedSubject text: String?) -> (subject: String?, fingerprint: UInt64?) {
        guard let text, let separator = text.utf8.lastIndex(of: 0x1F) else { return (text, nil) }
        let digits = text[text.utf8.index(after: separator)...]
        guard let fingerprint = UInt64(digits, radix: 16), Hex.encode(fingerprint) == digits else { return (text, nil) }
        return (String(text[..<separator]), fingerprint)
    }
}

extension AuditEvent.Action {
    /// Whether it adds something that has a fingerprint.
    var addsSubject: Bool {
        switch self {
        case .keyCreated, .keyImported, .serviceKeyCreated, .credentialCreated: true
        case .keyDeleted, .keyIDReleased, .keyChanged, .revocationAdded, .revocationLifted, .credentialRevoked,
            .masterKeyCreated, .masterKeyRotated:
            false
        }
    }
}
