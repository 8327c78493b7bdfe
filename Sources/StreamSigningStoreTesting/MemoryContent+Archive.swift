internal import StreamSigning
import StreamSigningStore

extension MemoryContent {
    var isPristine: Bool {
        keys.isEmpty && credentials.isEmpty && events.isEmpty && masterKeyID == nil
    }

    var archive: StoreArchive {
        StoreArchive(
            keys: keys.map { key in
                StoreArchive.Key(
                    account: key.account, key: key.key, created: key.created, origin: key.origin,
                    revoked: key.revoked, sealed: key.sealed)
            }, changes: changes,
            compacted: compactedFingerprints.sorted { $0.rawValue < $1.rawValue }, revocations: revocations,
            keyStates: keys.filter {
                !$0.isRevoked && ($0.state != KeyState() || $0.stateChange != nil || $0.use != nil)
            }.map { StoredKeyState(id: $0.key.id, state: $0.state, change: $0.stateChange, use: $0.use) },
            masterKeyID: masterKeyID,
            credentials: credentials.map {
                StoreArchive.Credential(credential: $0, revoked: revokedCredentials[$0.id])
            }, credentialRevision: Int64(credentials.count + revokedCredentials.count), events: events)
    }

    init(_ archive: StoreArchive) throws(StoreError) {
        self.init()
        compactedFingerprints = Set(archive.compacted)
        compacted = try CompactedKeys(archive.changes)
        keys = archive.keys.map { key in
            Key(
                account: key.account, key: key.key, created: key.created, origin: key.origin, sealed: key.sealed,
                revoked: key.revoked)
        }
        for stored in archive.keyStates {
            guard let index = keys.firstIndex(where: { $0.key.id == stored.id }) else { continue }
            (keys[index].state, keys[index].stateChange) = (stored.state, stored.change)
            keys[index].use = stored.use
        }
        changes = archive.changes
        revocations = archive.revocations
        masterKeyID = archive.masterKeyID
        credentials = archive.credentials.map(\.credential)
        for credential in archive.credentials {
            revokedCredentials[credential.credential.id] = credential.revoked
        }
        events = archive.events
    }
}
