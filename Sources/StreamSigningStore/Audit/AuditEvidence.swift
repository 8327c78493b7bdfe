internal import StreamSigning

/// What the audit log says of keys and credentials, to compare the database with.
struct AuditEvidence {
    /// The last event of each key id that added, deleted or freed it.
    private var keys: [String: AuditEvent] = [:]
    /// The event that made a credential, by its id.
    private var credentials: [String: AuditEvent] = [:]
    private var revoked: Set<String> = []
    /// The fingerprints of deleted keys, which no account may import again, with their ids.
    private var deleted: [(id: String, key: KeyFingerprint)] = []

    init(_ events: [RecordedEvent]) {
        for event in events.lazy.map(\.event) {
            guard let subject = event.subject else { continue }
            switch event.action {
            case .keyCreated, .keyImported, .serviceKeyCreated, .keyIDReleased: keys[subject] = event
            case .keyDeleted:
                if let key = keys.updateValue(event, forKey: subject)?.keyFingerprint { deleted.append((subject, key)) }
            case .credentialCreated: credentials[subject] = event
            case .credentialRevoked: revoked.insert(subject)
            case .keyChanged, .revocationAdded, .revocationLifted, .masterKeyCreated, .masterKeyRotated: break
            }
        }
    }

    /// - Returns: what is wrong, and what to do; nil if the log agrees.
    func problem(of key: StoreArchive.Key) -> String? {
        guard let event = keys[key.key.id.rawValue] else {
            return key.revoked == nil ? "was not added by this program: delete it" : "was not added by this program"
        }
        guard key.revoked == nil else {
            return event.action.addsSubject ? "is deleted, and the audit log does not say so" : nil
        }
        guard event.action.addsSubject else { return "was deleted, and is valid again: delete it" }
        if let account = event.account, account != key.account { return "was stored for \(account): delete it" }
        if let fingerprint = event.keyFingerprint, (try? key.fingerprint()) != fingerprint {
            return "is not the one that was stored: delete it"
        }
        if event.action != key.origin.action { return "has another origin than the audit log says" }
        if event.time.microseconds != key.created.microseconds {
            return "has another time of creation than the audit log says"
        }
        return nil
    }

    /// - Returns: as for a key.
    func problem(of credential: StoreArchive.Credential) -> String? {
        let stored = credential.credential
        guard credential.revoked == nil else {
            return revoked.contains(stored.id.rawValue) ? nil : "is revoked, and the audit log does not say so"
        }
        guard let event = credentials[stored.id.rawValue] else { return "was not made by this program: revoke it" }
        if let account = event.account, account != stored.account {
            return "is good for \(stored.account), and was made for \(account): revoke it"
        }
        if revoked.contains(stored.id.rawValue) { return "was revoked, and is valid again: revoke it" }
        if stored.hash.count != 32 { return "has a hash that no secret has: revoke it" }
        // The row says whether its id depends on the rest; of one that the log has a fingerprint of, it must.
        if credential.isBound || event.fingerprint != nil, !stored.hasBoundID {
            return "was changed in the database: revoke it"
        }
        return nil
    }

    /// What the log knows and the archive has lost: an id that is free again, a credential that is gone.
    func missing(from archive: StoreArchive, except unreadable: Set<String>) -> [String] {
        let ids = Set(archive.keys.map(\.key.id.rawValue))
        let compacted = Set(archive.compacted)
        let lost = keys.filter { id, event in
            guard event.action != .keyIDReleased, !ids.contains(id), !unreadable.contains(id) else { return false }
            // The changes say which keys are in force; what is left of a deleted one may be its fingerprint.
            guard event.action == .keyDeleted, let name = try? KeyID(id), let rest = try? KeyFingerprint(of: name)
            else {
                return true
            }
            return !compacted.contains(rest)
        }
        let free = deleted.filter { !ids.contains($0.id) && !unreadable.contains($0.id) && !compacted.contains($0.key) }
        let known = Set(archive.credentials.map(\.credential.id.rawValue))
        return lost.keys.sorted().map { "the key \($0), which the audit log knows, is missing" }
            + free.map { "the deleted key \($0.id) could be imported again" }
            + credentials.keys.filter { !known.contains($0) && !unreadable.contains($0) }.sorted()
            .map { "the credential \($0), which the audit log knows, is missing" }
    }
}

extension StoredKey.Origin {
    /// The event that brings a key of this origin.
    fileprivate var action: AuditEvent.Action {
        switch self {
        case .created: .keyCreated
        case .imported: .keyImported
        case .service: .serviceKeyCreated
        }
    }
}

extension AuditEvent {
    fileprivate var keyFingerprint: KeyFingerprint? {
        fingerprint.map { KeyFingerprint(rawValue: Int64(bitPattern: $0)) }
    }
}
