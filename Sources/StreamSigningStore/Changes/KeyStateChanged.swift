public import StreamSigning

extension ChangeKind {
    /// A key's tokens are let in from now on, or no longer, or until another time.
    public static let keyStateChanged = ChangeKind(rawValue: "key_state")
}

extension StoreChange.Content {
    /// A key's tokens are let in as its state says. The name is not part of it.
    public static func state(_ state: KeyState, of id: KeyID) -> Self {
        var writer = JSONWriter()
        writer.object {
            $0.member("enabled", state.isEnabled)
            if let expires = state.expires {
                $0.name("expires")
                $0.raw("\(expires.seconds)")
            }
        }
        return Self(
            kind: .keyStateChanged, subject: id.rawValue, payload: String(decoding: writer.bytes, as: UTF8.self))
    }
}

/// The payload: `{"enabled":true,"expires":1760000000}`, in unix seconds. It says everything, so the last change of a key makes
/// those before it needless.
enum KeyStateChanged: ChangeRule {
    static let kind = ChangeKind.keyStateChanged
    static let isAboutKey = false

    static func apply(
        _ content: StoreChange.Content, of account: AccountID, to receiver: inout some ChangeReceiver
    ) throws(StoreError) {
        let id = try content.keyID()
        guard let state = state(content.payload) else {
            throw StoreError(.corrupt, "a change is about the state of a key and cannot be read")
        }
        try receiver.set(state, of: id, in: account)
    }

    private static func state(_ payload: String?) -> KeyState? {
        var payload = payload ?? ""
        return payload.withUTF8 { bytes in
            guard let root = try? StrictJSON(parsing: bytes).root, let isEnabled = root["enabled"]?.boolean else {
                return nil
            }
            let expires = root["expires"]
            guard expires == nil || expires?.integer != nil else { return nil }
            return KeyState(
                isEnabled: isEnabled,
                expires: expires?.integer.map { NumericDate(secondsSince1970: Int64($0)) })
        }
    }
}
