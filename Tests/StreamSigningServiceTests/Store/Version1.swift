import Foundation
import StreamSigning
import StreamSigningTesting
import Testing

@testable import StreamSigningStore

/// The databases that commit 7caa76b wrote: see `Version1/README.md`.
enum Version1 {
    static func bytes(_ name: String) throws -> [UInt8] {
        let folder = try #require(Bundle.module.url(forResource: "Version1", withExtension: nil))
        return Array(try Data(contentsOf: folder.appendingPathComponent(name)))
    }

    /// What the tables of version 1 say of the changes, a line each, in the words of ``lines(of:)``.
    static let changes = """
        SELECT number || ' ' || account || ' ' || kind || ' ' || id || ' '
            || CASE kind WHEN 'added' THEN created ELSE revoked END
        FROM key_change JOIN signing_key ON position = key ORDER BY number
        """

    static func lines(of changes: [StoreChange]) -> [String] {
        changes.map {
            "\($0.number.rawValue) \($0.account) \($0.content.kind.rawValue) \($0.content.subject) \($0.time.microseconds)"
        }
    }

    /// What the tables of version 1 say of the keys, in the words of ``lines(of:)``.
    /// - Parameter hex: the database's function for a blob in hexadecimal digits.
    static func keys(hex: (String) -> String) -> String {
        """
        SELECT account || ' ' || id || ' ' || \(hex("public_key")) || ' ' || \(hex("thumbprint")) || ' ' || origin || ' '
            || created || ' ' || coalesce(revoked, 0) || ' ' || coalesce(\(hex("sealed")), '')
        FROM signing_key ORDER BY position
        """
    }

    static func lines(of keys: [StoreArchive.Key]) throws -> [String] {
        try keys.map { key in
            let thumbprint = try key.key.verificationKey().thumbprintBytes()
            return [
                key.account.rawValue, key.key.id.rawValue, Hex.encode(key.key.der), Hex.encode(thumbprint),
                key.origin.rawValue, "\(key.created.microseconds)", "\(key.revoked?.microseconds ?? 0)",
                key.sealed.map { Hex.encode($0.box) } ?? "",
            ].joined(separator: " ")
        }
    }

    /// Checks what does not depend on the database: the archive is sound, and its sealed keys open and are the public ones.
    static func check(_ archive: StoreArchive, _ store: any KeyStore) async throws {
        try archive.check()
        #expect(archive.credentials.map { $0.revoked == nil }.prefix(4) == [true, true, false, true])
        #expect(Set(archive.credentials.map(\.credential.role)) == [.read, .write, .feed])
        #expect(try await store.audit(after: 0, limit: .max) == archive.events)
        #expect(archive.events.contains { $0.event.action == .masterKeyRotated })
        let master = try bytes("master.key").withUnsafeBytes { text in
            try MasterKey(reading: SecretBytes(copying: text))
        }
        let sealed = archive.keys.compactMap(\.sealed)
        #expect(!sealed.isEmpty)
        for key in sealed {
            let opened = try master.open(key)
            let stored = try await store.verificationKey(key.id, of: key.account)
            #expect(opened.verificationKey == stored)
        }
        let snapshot = try await store.snapshot()
        var history = KeyHistory()
        try history.apply(archive.changes)
        #expect(snapshot.number == history.number)
        #expect(Set(snapshot.keys.map(\.key.id)) == Set(history.live.keys))
        #expect(Set(snapshot.revoked.map(\.id)) == Set(history.revoked.keys))
    }
}
