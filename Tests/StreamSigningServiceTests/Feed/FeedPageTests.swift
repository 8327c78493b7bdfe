import StreamSigning
import StreamSigningGate
import StreamSigningStoreTesting
import StreamSigningTesting
import StreamSigningWire
import Testing

@testable import StreamSigningFedGate
@testable import StreamSigningKeyRing
@testable import StreamSigningStore

@Suite("A page of the feed")
struct FeedPageTests {
    private func read(_ text: String) throws -> FeedPage {
        try Array(text.utf8).withUnsafeBytes { bytes in try FeedPage(reading: bytes) }
    }

    private func page(_ change: String, number: String = "1", age: String = "5") -> String {
        #"{"result":{"number":\#(number),"age_ms":\#(age),"changes":[\#(change)]},"success":true}"#
    }

    @Test("is read as it was written")
    func roundTrip() throws {
        let key = try StoredPublicKey(Sample.publicKey(id: KeyID("a \"key\"/ü")))
        let time = NumericDate(microseconds: 1_760_000_000_123_456)
        let revocation = try Sample.revocation(.viewer, "a \"viewer\"/ü", reason: "told nobody")
        let page = FeedPage(
            number: ChangeNumber(rawValue: 9), age: .milliseconds(12),
            changes: [
                StoreChange(
                    number: ChangeNumber(rawValue: 8), account: Sample.account(), content: .added(key), time: time),
                StoreChange(
                    number: ChangeNumber(rawValue: 9), account: Sample.account("b"), content: .revoked(key.id),
                    time: time),
                StoreChange(
                    number: ChangeNumber(rawValue: 10), account: Sample.account(), content: .added(revocation),
                    time: time),
                StoreChange(
                    number: ChangeNumber(rawValue: 11), account: Sample.account(), content: .lifted(revocation),
                    time: time),
                StoreChange(
                    number: ChangeNumber(rawValue: 14), account: .all,
                    content: .ended(from: ChangeNumber(rawValue: 12)), time: time),
                StoreChange(
                    number: ChangeNumber(rawValue: 16), account: .all,
                    content: .compacted([Sample.account(): [KeyFingerprint(rawValue: -7)]], count: 2), time: time),
                StoreChange(
                    number: ChangeNumber(rawValue: 17), account: Sample.account(), content: .released(key.id),
                    time: time),
            ])
        let bytes = Envelope.success { page.write(into: &$0) }
        #expect(try bytes.withUnsafeBytes { bytes in try FeedPage(reading: bytes) } == page)
    }

    @Test("marks the keys that sign sessions", arguments: [false, true])
    func mark(isMarked: Bool) throws {
        let key = try StoredPublicKey(Sample.publicKey().signingSessions(isMarked))
        let change = StoreChange(
            number: ChangeNumber(rawValue: 1), account: Sample.account(), content: .added(key), time: Sample.time)
        let page = FeedPage(number: change.number, age: .zero, changes: [change])
        let bytes = Envelope.success { page.write(into: &$0) }
        var history = KeyHistory()
        try history.apply(try bytes.withUnsafeBytes { bytes in try FeedPage(reading: bytes) }.changes)
        #expect(history.snapshot().keys.map(\.key.signsSessions) == [isMarked])
    }

    @Test(
        "is refused as a whole if any of it cannot be understood",
        arguments: [
            #"{"number":1,"account":"a","time_us":1}"#,
            #"{"number":1,"account":"a","time_us":1,"suspended":"k"}"#,
            #"{"number":1,"account":"a/b","time_us":1,"revoked":"k"}"#,
            #"{"number":1,"account":"a","revoked":"k"}"#,
            #"{"number":0,"account":"a","time_us":1,"revoked":"k"}"#,
            #"{"number":1,"account":"a","time_us":1,"revoked":""}"#,
            #"{"number":1,"account":"a","time_us":1,"added":"k"}"#,
            #"{"number":1,"account":"a","time_us":1,"added":"k","public_key":"?"}"#,
            #"{"number":1,"account":"a","time_us":1,"revoked":"k","payload":"k"}"#,
            #"{"number":1,"account":"-","time_us":1,"ended":"0"}"#,
            #"{"number":1,"account":"-","time_us":1,"ended":"one"}"#,
            #"{"number":1.5,"account":"a","time_us":1,"revoked":"k"}"#,
            #"{"number":1,"number":2,"account":"a","time_us":1,"revoked":"k"}"#,
            "7",
        ])
    func refusals(_ change: String) throws {
        #expect(throws: StoreError.self) { try read(page(change)) }
    }

    @Test(
        "is refused as a whole if a revocation in it cannot be understood",
        arguments: [
            nil, "{}", "[]", #"{"token":"t"}"#, #"{"token":"t","until":9}"#, #"{"until":9,"created":1}"#,
            #"{"token":"","until":9,"created":1}"#, #"{"token":7,"until":9,"created":1}"#,
            #"{"token":"t","session":"s","until":9,"created":1}"#, #"{"token":"t","until":1,"created":1}"#,
            #"{"token":"t","until":9.5,"created":1}"#, #"{"token":"t","until":"9","created":1}"#,
            #"{"token":"t","until":99999999999,"created":1}"#, #"{"viewer":"v","until":9,"created":1}"#,
            #"{"token":"t","issuedBefore":1,"until":9,"created":1}"#, #"{"key":"k","until":9,"created":1}"#,
        ])
    func malformedRevocations(_ payload: String?) throws {
        for kind in ["revocation_added", "revocation_lifted"] {
            func change(_ id: String, _ payload: String?) -> String {
                let payload = payload.map { #","payload":\#($0)"# } ?? ""
                return #"{"number":1,"account":"a","time_us":1,"\#(kind)":"\#(id)"\#(payload)}"#
            }
            let (id, good) = ("5213cfa121f70b8c1380686ffc371ba3", #"{"token":"t","until":9,"created":1}"#)
            #expect(try read(page(change(id, good))).changes.count == 1)
            #expect(throws: StoreError.self) { try read(page(change(id, payload))) }
            #expect(throws: StoreError.self) { try read(page(change("k", good))) }
        }
    }

    @Test("has a number and an age that can be")
    func bounds() throws {
        let good = try read(page(""))
        #expect(good.number.rawValue == 1 && good.age == .milliseconds(5) && good.changes.isEmpty)
        for text in [
            page("", number: "-1"), page("", age: "-1"), page("", age: "1e400"), page("", age: "86400001"),
            #"{"result":null,"success":true}"#, #"{"success":false,"errors":[],"messages":[]}"#, "<html>", "",
        ] {
            #expect(throws: StoreError.self, "\(text)") { try read(text) }
        }
    }

    @Test("makes the keys that are left, if none is missing")
    func snapshot() throws {
        let keys = try (0..<2).map { _ in try StoredPublicKey(Sample.publicKey()) }
        let changes = [StoreChange.Content.added(keys[0]), .added(keys[1]), .revoked(keys[0].id)].enumerated().map {
            StoreChange(
                number: ChangeNumber(rawValue: Int64($0 + 1)), account: Sample.account(), content: $1,
                time: Sample.time)
        }
        var snapshot = KeyHistory()
        try snapshot.apply(Array(changes[..<1]))
        try snapshot.apply(Array(changes[1...]))
        let made = snapshot.snapshot()
        #expect(made.number.rawValue == 3)
        #expect(made.keys.map(\.key) == [keys[1]] && made.revoked.map(\.id) == [keys[0].id])
        var broken = KeyHistory()
        try broken.apply([changes[1]])
        #expect(throws: StoreError.self) { try broken.requireComplete() }
    }

    @Test(
        "comes from an address, and from nothing more",
        arguments: ["https://a.example", "https://a.example:8787/", "http://127.0.0.1:1", "https://[::1]:8787"])
    func addresses(_ text: String) throws {
        let address = try #require(FeedAddress(text))
        #expect(!address.url.hasSuffix("/"))
        for wrong in [
            "", "a.example", "ftp://a", "https://", "https://a/b", "https://u:p@a", "https://a?b", "https://a b",
        ] {
            #expect(FeedAddress(wrong) == nil, "\(wrong)")
        }
    }

    @Test("is asked for with a credential that nothing shows")
    func credential() throws {
        let credential = try #require(FeedCredential(Array("ss_secret\n".utf8)))
        #expect(credential.header == "Bearer ss_secret")
        #expect(!"\(credential) \(String(reflecting: credential))".contains("secret"))
        for wrong in ["", "\n", "a b", "a\nb", "ü", String(repeating: "a", count: 257)] {
            #expect(FeedCredential(Array(wrong.utf8)) == nil)
        }
    }
}
