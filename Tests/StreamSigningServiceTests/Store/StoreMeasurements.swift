import Foundation
import GRDB
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningSQLite
@testable import StreamSigningStore

/// Figures, not promises: run with `STREAMSIGN_MEASURE=1` and an optimised build.
@Suite(
    "Measurements of the SQLite store", .serialized,
    .enabled(if: ProcessInfo.processInfo.environment["STREAMSIGN_MEASURE"] != nil))
struct StoreMeasurements {
    @Test("of 100,000 keys in all")
    func hundredThousand() async throws {
        let folder = try ScratchFolder()
        let store = try SQLiteKeyStore(in: folder.data)
        print("empty store:", try await times(store))
        // 98 accounts of 1,000 keys, 200 of 10.
        try raw(folder) { db in
            for account in 0..<98 { try fill(db, "big\(account)", 1_000) }
            for account in 0..<200 { try fill(db, "small\(account)", 10) }
        }
        print("100,000 keys:", try await times(store))
        let clock = ContinuousClock()
        let before = Self.residentKilobytes
        var snapshot = try await store.snapshot()
        let loading = try await clock.measure { snapshot = try await store.snapshot() }
        print(
            "snapshot of \(snapshot.keys.count) keys: \(loading), \(Self.residentKilobytes - before) KiB more resident"
        )
        let parsing = try clock.measure { for entry in snapshot.keys { _ = try entry.key.verificationKey() } }
        print("making keys of all: \(parsing), \(Self.residentKilobytes - before) KiB more resident")
    }

    private func times(_ store: SQLiteKeyStore) async throws -> String {
        var parts: [String] = []
        for (name, count) in [("ten", 10), ("thousand", 1_000)] {
            let account = Sample.account("\(name)-\(UInt32.random(in: .min ... .max))")
            var ids: [KeyID] = []
            for _ in 0..<count {
                let key = try Sample.key(of: account)
                ids.append(key.key.id)
                try await store.add(key)
            }
            let list = try await median(50) { _ in _ = try await store.keys(of: account) }
            let find = try await median(50) { _ in _ = try await store.verificationKey(ids[5], of: account) }
            let delete = try await median(5) { try await store.delete(ids[$0], of: account) }
            let create = try await median(50) { _ in try await store.add(Sample.key(of: account)) }
            parts.append("\(name): list \(list), look-up \(find), delete \(delete), create \(create)")
        }
        return parts.joined(separator: "; ")
    }

    private func median(_ count: Int, _ body: (Int) async throws -> Void) async throws -> Duration {
        var times: [Duration] = []
        for index in 0..<count {
            times.append(try await ContinuousClock().measure { try await body(index) })
        }
        return times.sorted()[count / 2]
    }

    private func fill(_ db: Database, _ account: String, _ count: Int) throws {
        let template = try Sample.publicKey().pkcs1DER()
        for _ in 0..<count {
            var der = template
            // The modulus begins after the headers of sequence and integer, and a zero byte.
            der.replaceSubrange(12..<60, with: try Digest.random(count: 48))
            try db.execute(
                sql: """
                    INSERT INTO signing_key (id, account, thumbprint, public_key, origin, created)
                    VALUES (lower(hex(randomblob(16))), ?, randomblob(32), ?, 'created', 0)
                    """, arguments: [account, Data(der)])
            try db.execute(
                sql: "INSERT INTO key_change (kind, key) VALUES ('added', ?)", arguments: [db.lastInsertedRowID])
        }
    }

    private static var residentKilobytes: Int {
        let status = (try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)) ?? ""
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS") } ?? ""
        return line.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) } ?? 0
    }
}
