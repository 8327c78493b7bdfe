import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningSQLite

@Suite("The contract of key stores")
struct KeyStoreContractTests {
    @Test("is kept by SQLite", arguments: KeyStoreContract.cases(shared: false))
    func sqlite(_ examination: KeyStoreContract.Case) async throws {
        let folder = try ScratchFolder()
        try await examination.run(on: StoreUnderTest { try SQLiteKeyStore(in: folder.data) })
        try await SQLiteKeyStore(in: folder.data).checkIntegrity()
    }

    #if PostgreSQL
        @Test("is kept by PostgreSQL", .needsPostgreSQL, arguments: KeyStoreContract.allCases)
        func postgreSQL(_ examination: KeyStoreContract.Case) async throws {
            try await TestDatabase.use { database in
                try await examination.run(on: StoreUnderTest { try await database.open() })
            }
        }
    #endif

    @Test("is kept in memory", arguments: KeyStoreContract.cases(durable: false))
    func memory(_ examination: KeyStoreContract.Case) async throws {
        let store = MemoryKeyStore()
        try await examination.run(on: StoreUnderTest { MemoryKeyStore(sharing: store) })
    }

    @Test("is kept by a store that could fail and does not", arguments: KeyStoreContract.cases(durable: false))
    func failing(_ examination: KeyStoreContract.Case) async throws {
        let store = MemoryKeyStore()
        try await examination.run(
            on: StoreUnderTest { FailingKeyStore(MemoryKeyStore(sharing: store)) })
    }

    @Test("covers Stream's 1,000 keys an account")
    func streamsLimit() async throws {
        let store = MemoryKeyStore()
        for examination in KeyStoreContract.allCases
        where examination.description.hasPrefix("an account has as many") {
            try await examination.run(
                on: StoreUnderTest(limit: 1_000) { MemoryKeyStore(sharing: store) })
        }
        #expect(try await store.keys(of: Sample.account()).count == 1_001)
    }

    @Test("is examined: a store that breaks it is found out")
    func brokenStore() async throws {
        for examination in KeyStoreContract.allCases where !examination.description.contains("closed") {
            let failing = FailingKeyStore(MemoryKeyStore())
            for call in 1...200 { failing.fail(atCall: call, afterwards: true) }
            await #expect(throws: (any Error).self) {
                try await examination.run(on: StoreUnderTest { failing })
            }
        }
    }
}
