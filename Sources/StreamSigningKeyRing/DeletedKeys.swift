import StreamSigning
import StreamSigningStore

/// The deleted keys in a node's memory, 16 to 32 bytes each: the fingerprint of the id, and the account by number.
struct DeletedKeys: Sendable {
    private var numbers: [KeyFingerprint: UInt32]
    private var accounts: [AccountID] = []
    private var numberOfAccount: [AccountID: UInt32] = [:]

    init(_ accounts: [KeyFingerprint: AccountID]) {
        numbers = Dictionary(minimumCapacity: accounts.count)
        for (fingerprint, account) in accounts { insert(fingerprint, of: account) }
    }

    var count: Int { numbers.count }

    /// Whose key had the id; nil if no deleted key did, or OpenSSL fails. A token of the key is refused in any case.
    func account(of id: KeyID) -> AccountID? {
        guard !numbers.isEmpty, let fingerprint = try? KeyFingerprint(of: id), let number = numbers[fingerprint] else {
            return nil
        }
        return accounts[Int(number)]
    }

    mutating func insert(_ fingerprint: KeyFingerprint, of account: AccountID) {
        let number: UInt32
        if let known = numberOfAccount[account] {
            number = known
        } else {
            number = UInt32(accounts.count)
            accounts.append(account)
            numberOfAccount[account] = number
        }
        numbers[fingerprint] = number
    }

    mutating func remove(_ fingerprint: KeyFingerprint) {
        numbers[fingerprint] = nil
    }
}
