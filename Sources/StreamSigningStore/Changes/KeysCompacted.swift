internal import StreamSigning

extension ChangeKind {
    /// Deleted keys are known by their fingerprints alone from now on, and the changes that added and deleted them are gone.
    public static let keysCompacted = ChangeKind(rawValue: "compacted")
}

extension StoreChange.Content {
    /// What takes the place of the changes of deleted keys. Whatever change is missing before it was one of theirs.
    /// - Parameters:
    ///   - keys: by account, the fingerprints of the ids.
    ///   - count: how many changes it stands for.
    package static func compacted(_ keys: [AccountID: [KeyFingerprint]], count: Int) -> Self {
        var writer = JSONWriter()
        writer.object { object in
            for (account, fingerprints) in keys.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
                object.name(computed: account.rawValue)
                object.string(KeyFingerprint.encode(fingerprints))
            }
        }
        return Self(kind: .keysCompacted, subject: "\(count)", payload: String(decoding: writer.bytes, as: UTF8.self))
    }
}

/// The subject is how many changes it stands for, and the payload `{"ACCOUNT":"FINGERPRINTS",…}`.
enum KeysCompacted: ChangeRule {
    static let kind = ChangeKind.keysCompacted
    static let isAboutKey = false

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        _ = try count(content)
        for (account, fingerprints) in try keys(content) { try receiver.revoke(fingerprints, of: account) }
    }

    /// How many changes it stands for.
    static func count(_ content: StoreChange.Content) throws(StoreError) -> Int64 {
        guard let count = Int64(content.subject), count > 0 else {
            throw StoreError(.corrupt, "a change does not say how many others it stands for")
        }
        return count
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
