import StreamSigning
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningStore

@Suite("Compacted keys as a change")
struct KeysCompactedTests {
    @Test("are revoked account by account")
    func apply() throws {
        let keys: [AccountID: [KeyFingerprint]] = [
            Sample.account(): [-1, 0, .min].map { KeyFingerprint(rawValue: $0) },
            Sample.account("b"): [KeyFingerprint(rawValue: .max)],
        ]
        let change = StoreChange(
            number: ChangeNumber(rawValue: 9), account: .all, content: .compacted(keys, count: 8), time: Sample.time)
        try change.check()
        let compacted = try CompactedKeys([change])
        #expect(compacted.counts == [Sample.account(): 3, Sample.account("b"): 1])
        for (account, fingerprints) in keys {
            for fingerprint in fingerprints { #expect(compacted.accounts[fingerprint] == account) }
        }
    }

    @Test(
        "that cannot be read are refused",
        arguments: [
            nil, "", "[]", "7", #"{"a":7}"#, #"{"a":""}"#, #"{"a":"AAAAAAAAAA"}"#, #"{"a":"AAAAAAAAAAA="}"#,
            #"{"a b":"AAAAAAAAAAA"}"#, #"{"a":"AAAAAAAAAAA","a":"AAAAAAAAAAA"}"#, #"{"a":"AAAAAAAAAAA"}7"#,
        ] as [String?])
    func malformed(payload: String?) {
        let change = StoreChange(
            number: ChangeNumber(rawValue: 9), account: .all,
            content: StoreChange.Content(kind: .keysCompacted, subject: "2", payload: payload), time: Sample.time)
        #expect(throws: StoreError(.corrupt, "")) { try change.check() }
    }

    @Test(
        "that do not say how many changes they stand for are refused",
        arguments: ["", "0", "-2", "x", "99999999999999999999"])
    func counts(subject: String) {
        let change = StoreChange(
            number: ChangeNumber(rawValue: 9), account: .all,
            content: StoreChange.Content(kind: .keysCompacted, subject: subject, payload: "{}"), time: Sample.time)
        #expect(throws: StoreError(.corrupt, "")) { try change.check() }
    }

    @Test("have the fingerprints that PostgreSQL computes too")
    func fingerprints() throws {
        // printf 'key-id:studio' | sha256sum; printf 'key:acme:' and 32 zero bytes
        #expect(try KeyFingerprint(of: KeyID("studio")).rawValue == Int64(bitPattern: 0xabe0_ef5c_7c5d_83b5))
        #expect(
            try KeyFingerprint(ofKey: [UInt8](repeating: 0, count: 32), in: Sample.account("acme")).rawValue
                == Int64(bitPattern: 0xf5c2_40e5_adff_c2f2))
    }
}
