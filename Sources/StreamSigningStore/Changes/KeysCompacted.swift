internal import StreamSigning

extension ChangeKind {
    /// Deleted keys are known by their fingerprints alone from now on, and the changes that added and deleted them are gone.
    public static let keysCompacted = ChangeKind(rawValue: "compacted")
}

extension StoreChange.Content {
    /// What takes the place of the changes of deleted keys. Whatever change is missing before it was one of theirs.
    /// - Parameter keys: by account, the fingerprints of the ids.
    package static func compacted(_ keys: [AccountID: [KeyFingerprint]]) -> Self {
        var writer = JSONWriter()
        writer.object { object in
            for (account, fingerprints) in keys.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                object.name(computed: account.rawValue)
                object.string(KeyFingerprint.encode(fingerprints))
            }
        }
        return Self(kind: .keysCompacted, subject: "", payload: String(decoding: writer.bytes, as: UTF8.self))
    }
}

/// The payload: `{"ACCOUNT":"FINGERPRINTS",…}`.
enum KeysCompacted: ChangeRule {
    static let kind = ChangeKind.keysCompacted
    static let isAboutKey = false

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        for (account, fingerprints) in try keys(content) { try receiver.revoke(fingerprints, of: account) }
    }

    private static func keys(
        _ content: StoreChange.Content
    ) throws(StoreError) -> [(account: AccountID, fingerprints: [KeyFingerprint])] {
        var payload = content.payload ?? ""
        let keys = payload.withUTF8 { bytes -> [(account: AccountID, fingerprints: [KeyFingerprint])]? in
            guard let root = try? StrictJSON(parsing: bytes).root, root.kind == .object else { return nil }
            var keys: [(account: AccountID, fingerprints: [KeyFingerprint])] = []
            var isSound = true
            root.forEachMember { name, value in
                guard let account = name.string.flatMap({ AccountID($0) }),
                    let fingerprints = value.withStringBytes({ KeyFingerprint.decode($0) }) ?? nil
                else {
                    isSound = false
                    return
                }
                keys.append((account, fingerprints))
            }
            return isSound ? keys : nil
        }
        guard let keys else { throw StoreError(.corrupt, "a change has deleted keys that cannot be read") }
        return keys
    }
}
