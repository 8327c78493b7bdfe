import Foundation
import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningStore

@Suite("Master keys")
struct MasterKeyTests {
    static let hex = String(repeating: "0f", count: 31) + "f0"
    static let bytes = [UInt8](repeating: 0x0F, count: 31) + [0xF0]

    @Test(
        "are read in the forms that the usual tools make",
        arguments: [
            Array(hex.utf8), Array(hex.uppercased().utf8), Array("\(hex)\n".utf8), bytes,
            Array(Data(bytes).base64EncodedString().utf8), Array("  \(Data(bytes).base64EncodedString())\r\n".utf8),
            Array(Data(bytes).base64EncodedString().replacing("/", with: "_").utf8.dropLast()),
        ])
    func forms(_ text: [UInt8]) throws {
        let expected = try MasterKey(reading: SecretBytes(copying: Array(Self.hex.utf8))).id
        #expect(try MasterKey(reading: SecretBytes(copying: text)).id == expected)
        #expect(expected.utf8.count == 16)
    }

    @Test(
        "of other forms and lengths are refused",
        arguments: [
            "", "hunter2", String(repeating: "0", count: 32), String(repeating: "0", count: 63),
            String(repeating: "g", count: 64), String(repeating: "A", count: 44), "\(hex)00",
        ])
    func refused(_ text: String) {
        #expect(throws: VaultError(.masterKeyUnusable, "")) {
            try MasterKey(reading: SecretBytes(copying: Array(text.utf8)))
        }
    }

    @Test("are made on first start, for their owner only, and found again")
    func firstStart() async throws {
        let folder = try ScratchFolder()
        try folder.data.prepare()
        let store = MemoryKeyStore()
        let source = MasterKeySource.choose(file: nil, environment: nil, in: folder.data)
        let first = try await Vault.open(source, for: store, at: Sample.time)
        #expect(try folder.mode(folder.data.masterKey) == 0o600)
        #expect(try await store.masterKeyID() == first.masterKeyID)
        #expect(try await Vault.open(source, for: store, at: Sample.time).masterKeyID == first.masterKeyID)
        #expect(try await store.audit(after: 0, limit: 9).map(\.event.action) == [.masterKeyCreated])
    }

    @Test("that are there while the store knows of none belong to another store, and nothing is done")
    func lostStore() async throws {
        let folder = try ScratchFolder()
        try folder.data.prepare()
        try folder.write(Self.hex.utf8, to: folder.data.masterKey)
        let store = MemoryKeyStore()
        let source = MasterKeySource.ownFile(folder.data.masterKey)
        let error = await #expect(throws: VaultError(.masterKeyMismatch, "")) {
            try await Vault.open(source, for: store, at: Sample.time)
        }
        #expect(error?.reason.contains("--master-key-file") == true)
        await #expect(throws: VaultError(.masterKeyMismatch, "")) {
            try await MasterKeyRotation(store, source).run(audit: Sample.event(.masterKeyRotated))
        }
        #expect(try await store.masterKeyID() == nil)
        #expect(try await store.audit(after: 0, limit: 9).isEmpty)
        // One that the operator names is the operator's word that it is this store's.
        #expect(try await Vault.open(.file(folder.data.masterKey), for: store, at: Sample.time).masterKeyID.count == 16)
    }

    @Test("of a first start that was cut off are replaced, or found", arguments: [false, true])
    func interruptedFirstStart(isNamed: Bool) async throws {
        let folder = try ScratchFolder()
        try folder.data.prepare()
        let (store, file) = (MemoryKeyStore(), MasterKeyFile(folder.data.masterKey))
        let key = try MasterKey.generate()
        try file.stage(key)
        if isNamed { try await store.replace([], from: nil, to: key.id, audit: Sample.event(.masterKeyCreated)) }
        let vault = try await Vault.open(.ownFile(folder.data.masterKey), for: store, at: Sample.time)
        #expect((vault.masterKeyID == key.id) == isNamed)
        #expect(try await store.masterKeyID() == vault.masterKeyID)
        #expect(FileManager.default.contents(atPath: folder.data.masterKey) != nil)
        #expect(FileManager.default.contents(atPath: file.next) == nil)
    }

    @Test(
        "of a folder that has lost its database are noticed before anything is made",
        arguments: [nil, [], [1]] as [[UInt8]?])
    func lostDatabase(database: [UInt8]?) throws {
        let folder = try ScratchFolder()
        try folder.data.prepare()
        try folder.data.requireDatabaseBesideMasterKey()
        try folder.write(Self.hex.utf8, to: folder.data.masterKey)
        if let database { try folder.write(database, to: folder.data.database) }
        guard database != [1] else { return try folder.data.requireDatabaseBesideMasterKey() }
        #expect(throws: StoreError(.refused, "")) { try folder.data.requireDatabaseBesideMasterKey() }
    }

    @Test(
        "in files that every user may use are refused, unless the operator allows that",
        arguments: [0o604, 0o644, 0o602, 0o666])
    func usableByEveryone(_ mode: Int) async throws {
        let folder = try ScratchFolder()
        let path = "\(folder.path)/key"
        try folder.write(Self.hex.utf8, to: path, mode: mode)
        let error = await #expect(throws: VaultError(.masterKeyUnusable, "")) {
            try await Vault.open(.file(path), for: MemoryKeyStore(), at: Sample.time)
        }
        for part in [path, "mode \(String(mode, radix: 8))", "chmod 600", "STREAMSIGN_FILE_RIGHTS=warn"] {
            #expect(error?.reason.contains(part) == true, "\(part)")
        }
        let source = MasterKeySource.file(path, .warn)
        #expect(try await Vault.open(source, for: MemoryKeyStore(), at: Sample.time).masterKeyID.count == 16)
        #expect(source.warning?.contains("every user of this machine") == true)
    }

    @Test(
        "in files that a group may use are read, and the operator is told",
        arguments: [0o600, 0o400, 0o640, 0o440, 0o660])
    func usableByGroup(_ mode: Int) async throws {
        let folder = try ScratchFolder()
        let path = "\(folder.path)/key"
        try folder.write(Self.hex.utf8, to: path, mode: mode)
        let source = MasterKeySource.file(path)
        #expect(try await Vault.open(source, for: MemoryKeyStore(), at: Sample.time).masterKeyID.count == 16)
        #expect((source.warning == nil) == (mode & 0o060 == 0))
        #expect(source.warning?.contains("its group may use this file") ?? true)
    }

    @Test("in a file that was named and is not there are not made up")
    func missingFile() async throws {
        let folder = try ScratchFolder()
        await #expect(throws: VaultError(.masterKeyUnusable, "")) {
            try await Vault.open(.file("\(folder.path)/key"), for: MemoryKeyStore(), at: Sample.time)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(folder.path)/key"))
    }

    @Test("come from the flag, then the environment, then the data directory")
    func order() throws {
        let data = DataDirectory("/data")
        let sources = [
            MasterKeySource.choose(file: "/f", environment: Self.hex, in: data),
            .choose(file: nil, environment: Self.hex, in: data), .choose(file: nil, environment: nil, in: data),
        ]
        guard case .file("/f", .refuse) = sources[0], case .text = sources[1],
            case .ownFile("/data/master.key", .refuse) = sources[2]
        else {
            Issue.record("\(sources)")
            return
        }
    }

    @Test("show nothing of themselves")
    func description() throws {
        let key = try MasterKey(reading: SecretBytes(copying: Array(Self.hex.utf8)))
        var dumped = ""
        dump(key, to: &dumped)
        for text in ["\(key)", String(reflecting: key), dumped] {
            #expect(text.contains(key.id) && !text.contains("0f0f") && !text.contains("15"))
        }
    }
}
