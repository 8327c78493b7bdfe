internal import StreamSigning

/// What somebody changed in the database though everything there can be read. It does not take part in ``check()``, which every
/// restoring store runs: this is for operators.
extension StoreArchive {
    /// How many sealed private halves there are.
    public var sealedCount: Int { keys.count(where: { $0.sealed != nil }) }

    /// Compares keys and credentials with what the audit log, their ids and their sealed halves say of them.
    ///
    /// The audit log is the evidence, so this is worth as much as its chain: see ``AuditChain``. Nothing testifies to the reason of a
    /// revocation, the name of a key and the time of its last use: they are notes for people, and decide nothing.
    /// - Parameter masterKey: opens the sealed halves; nil if it is not at hand.
    /// - Returns: a line for each contradiction, with what to do.
    /// - Throws: ``VaultError``: `unavailable` if OpenSSL fails.
    public func contradictions(opening masterKey: MasterKey?) throws(VaultError) -> [String] {
        try contradictions(opening: masterKey, unreadable: [], hasLog: true)
    }

    /// - Parameters:
    ///   - unreadable: ids of keys and credentials whose rows could not be read, and which are not missing.
    ///   - hasLog: whether the audit log could be read, to compare the rest with.
    func contradictions(
        opening masterKey: MasterKey?, unreadable: Set<String>, hasLog: Bool
    ) throws(VaultError) -> [String] {
        var found: [String] = []
        for key in keys where key.revoked == nil {
            if let problem = try Self.sealProblem(of: key, opening: masterKey) { found.append(problem) }
        }
        guard hasLog else { return found }
        guard !events.isEmpty else {
            if !keys.isEmpty || !credentials.isEmpty {
                found.append("the audit log is empty: restore it from a backup")
            }
            return found
        }
        let evidence = AuditEvidence(events)
        for key in keys {
            if let problem = evidence.problem(of: key) { found.append("\(key.name) \(problem)") }
        }
        for credential in credentials {
            if let problem = evidence.problem(of: credential) {
                found.append("the credential \(credential.credential.id.rawValue) \(problem)")
            }
        }
        found += evidence.missing(from: self, except: unreadable)
        return found
    }

    private static func sealProblem(of key: Key, opening masterKey: MasterKey?) throws(VaultError) -> String? {
        let name = "the private half of \(key.name)"
        guard let sealed = key.sealed else {
            return key.origin == .service ? "\(name) is missing: delete the key" : nil
        }
        guard sealed.box.count > SealedBox.overhead else { return "\(name) is not a sealed key: delete the key" }
        guard let masterKey, sealed.masterKeyID == masterKey.id else { return nil }
        do throws(VaultError) {
            let opened = try masterKey.open(sealed)
            let isSame = (try? StoredPublicKey(opened.verificationKey))?.isSameKey(as: key.key) ?? false
            return isSame ? nil : "\(name) belongs to another key: delete the key"
        } catch {
            guard error.code == .sealBroken else { throw error }
            return "\(name) does not open: delete the key"
        }
    }
}
