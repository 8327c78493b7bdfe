internal import StreamSigning

/// What somebody changed in the database though everything there can be read. It does not take part in ``check()``, which every
/// restoring store runs: this is for operators.
extension StoreArchive {
    /// How many sealed private halves there are.
    public var sealedCount: Int { keys.count(where: { $0.sealed != nil }) }

    /// Compares keys and credentials that are in force with what the audit log, their ids and their sealed halves say of them.
    /// - Parameter masterKey: opens the sealed halves; nil if it is not at hand.
    /// - Returns: a line for each contradiction, with what to do.
    /// - Throws: ``VaultError``: `unavailable` if OpenSSL fails.
    public func contradictions(opening masterKey: MasterKey?) throws(VaultError) -> [String] {
        let log = Log(events)
        var found: [String] = []
        for key in keys where key.revoked == nil {
            if let owner = log.owners[key.key.id.rawValue], owner != key.account {
                found.append(
                    "the key \(key.key.id) is \(key.account)'s, and was stored for \(owner): delete it")
            }
            if let problem = try Self.problem(of: key, opening: masterKey) { found.append(problem) }
        }
        for credential in credentials where credential.revoked == nil {
            if let problem = log.problem(of: credential) {
                found.append("the credential \(credential.credential.id.rawValue) \(problem): revoke it")
            }
        }
        return found
    }

    private static func problem(of key: Key, opening masterKey: MasterKey?) throws(VaultError) -> String? {
        guard let sealed = key.sealed else { return nil }
        let name = "the private half of \(key.account)'s key \(key.key.id)"
        guard sealed.box.count > SealedBox.overhead else { return "\(name) is not a sealed key: delete the key" }
        guard let masterKey else { return nil }
        do throws(VaultError) {
            let opened = try masterKey.open(sealed)
            let isSame = (try? StoredPublicKey(opened.verificationKey))?.isSameKey(as: key.key) ?? false
            return isSame ? nil : "\(name) belongs to another key: delete the key"
        } catch {
            guard error.code == .sealBroken else { throw error }
            return "\(name) does not open: delete the key"
        }
    }

    /// What the audit log says.
    private struct Log {
        /// By the id of a key: the account it was last stored for.
        private(set) var owners: [String: AccountID] = [:]
        /// By the id of a credential: the account it was made for.
        private var accounts: [String: AccountID] = [:]
        private var revoked: Set<String> = []

        init(_ events: [RecordedEvent]) {
            for event in events.lazy.map(\.event) {
                guard let subject = event.subject else { continue }
                switch event.action {
                case .keyCreated, .keyImported, .serviceKeyCreated: owners[subject] = event.account
                case .credentialCreated: accounts[subject] = event.account
                case .credentialRevoked: revoked.insert(subject)
                default: break
                }
            }
        }

        func problem(of credential: Credential) -> String? {
            let stored = credential.credential
            guard let account = accounts[stored.id.rawValue] else { return "was not made by this program" }
            if account != stored.account { return "is good for \(stored.account), and was made for \(account)" }
            if revoked.contains(stored.id.rawValue) { return "was revoked, and is valid again" }
            if stored.hash.count != 32 { return "has a hash that no secret has" }
            if credential.isBound, !stored.hasBoundID { return "was changed in the database" }
            return nil
        }
    }
}
