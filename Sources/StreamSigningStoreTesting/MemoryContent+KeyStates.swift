internal import StreamSigning
import StreamSigningStore

extension MemoryContent {
    func details(_ account: AccountID) -> [KeyDetails] {
        live(account).map {
            KeyDetails(
                id: $0.key.id, created: $0.created, isServiceKey: $0.origin == .service, state: $0.state, use: $0.use)
        }
    }

    mutating func record(_ uses: [KeyID: KeyUse]) {
        for index in keys.indices where !keys[index].isRevoked {
            guard let use = uses[keys[index].key.id] else { continue }
            keys[index].use = use.joined(with: keys[index].use)
        }
    }

    mutating func update(
        _ id: KeyID, of account: AccountID, by update: KeyUpdate, at time: NumericDate
    ) throws(StoreError) -> (key: KeyDetails, number: ChangeNumber?) {
        guard let index = keys.firstIndex(where: { $0.key.id == id && $0.account == account && !$0.isRevoked }) else {
            throw StoreError(.notFound, "the account has no key of that id")
        }
        let (present, created, use) = (keys[index].state, keys[index].created, keys[index].use)
        let state: KeyState
        do throws(InvalidKeyUpdate) {
            state = try present.updated(by: update, at: time)
        } catch {
            throw StoreError(.keyExpired, error.reason)
        }
        let key = KeyDetails(
            id: id, created: created, isServiceKey: keys[index].origin == .service, state: state, use: use)
        keys[index].state = state
        guard state.differsInUse(from: present) else { return (key, nil) }
        let now = NumericDate(microseconds: time.microseconds)
        let number = change(account, .state(state, of: id), at: now)
        if let former = keys[index].stateChange { forget(EndedChanges([former]), at: now) }
        keys[index].stateChange = number
        return (key, number)
    }
}
