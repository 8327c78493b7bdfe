import StreamSigning
import StreamSigningStoreTesting
import StreamSigningTesting
import Testing

@testable import StreamSigningKeyRing
@testable import StreamSigningOperations
@testable import StreamSigningStore

/// Operations over a store in memory, with a clock that the test moves and a stock of keys that it fills.
struct OperationsFixture: Sendable {
    let store = FailingKeyStore(MemoryKeyStore())
    let clock = ManualClock(now: Sample.time)
    let ring: KeyRing
    let ready = ReadyKeys(capacity: 4)
    let vault: Vault
    let signers: AccountSigners
    let operations: KeyOperations
    let account = Sample.account()
    let caller = KeyOperations.Caller(credential: CredentialID(rawValue: "c0ffee"), address: "192.0.2.7")

    /// - Parameter stock: the keys that are ready; each further one takes 120 ms to make.
    static func run(
        limit: Int = 10, stock: [SigningKey] = [], importProof: ImportProof = .off,
        _ body: (OperationsFixture) async throws -> Void
    ) async throws {
        let fixture = try await OperationsFixture(limit: limit, importProof)
        for key in stock { fixture.ready.giveBack(key) }
        let outcome = await Result { () async throws in try await body(fixture) }
        // Ends the thread that makes keys.
        let running = Task { try await fixture.ready.run() }
        running.cancel()
        try await running.value
        try outcome.get()
    }

    private init(limit: Int, _ importProof: ImportProof) async throws {
        let clock = self.clock
        let ring = try await KeyRing(store.snapshot())
        self.ring = ring
        let masterKey = SecretBytes(copying: Array(MasterKeyTests.hex.utf8))
        vault = try await Vault.open(.text(masterKey), for: store, at: Sample.time)
        signers = AccountSigners(
            keys: SealedServiceKeys(store, vault), ready: ready, ring: ring, limits: KeyLimits(keys: limit)
        ) { clock.now }
        operations = KeyOperations(
            store: store, ready: ready, signers: signers, ring: ring,
            published: PublishedKeySets(store: store, ring: ring),
            agreement: NodeAgreement(store: store, maximumAge: .seconds(1)), limits: KeyLimits(keys: limit),
            importProof: importProof
        ) { clock.now }
    }

    /// A second process on the same store.
    func otherSigners(limit: Int = 10) -> AccountSigners {
        let clock = clock
        return AccountSigners(
            keys: SealedServiceKeys(store, vault), ready: ready, ring: ring, limits: KeyLimits(keys: limit)
        ) { clock.now }
    }

    /// The refusal that `body` throws; nil if it throws nothing, or something else.
    static func refusal(_ body: () async throws -> Void) async -> ServiceError? {
        do {
            try await body()
            return nil
        } catch {
            return error as? ServiceError
        }
    }
}
