import Logging
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
    let work: AccountWork
    let vault: Vault
    let signers: AccountSigners
    let operations: KeyOperations
    let revocations: RevocationOperations
    let account = Sample.account()
    let caller = KeyOperations.Caller(credential: CredentialID(rawValue: "c0ffee"), address: "192.0.2.7")

    /// - Parameter stock: the keys that are ready; each further one takes 120 ms to make.
    static func run(
        limit: Int = 10, stock: [SigningKey] = [], importedKeys: KeyLimits = KeyLimits(bits: 4096, exponentBits: 32),
        importProof: ImportProof = .off, work: AccountWork = AccountWork(),
        _ body: (OperationsFixture) async throws -> Void
    ) async throws {
        let fixture = try await OperationsFixture(limit: limit, importedKeys, importProof, work)
        for key in stock { fixture.ready.giveBack(key) }
        try await body(fixture)
    }

    private init(
        limit: Int, _ importedKeys: KeyLimits, _ importProof: ImportProof, _ work: AccountWork
    ) async throws {
        self.work = work
        let clock = self.clock
        let ring = try await KeyRing(store.snapshot())
        self.ring = ring
        let masterKey = SecretBytes(copying: Array(MasterKeyTests.hex.utf8))
        vault = try await Vault.open(.text(masterKey), for: store, at: Sample.time)
        signers = AccountSigners(
            keys: SealedServiceKeys(store, vault), ready: ready, ring: ring, quota: KeyQuota(keys: limit)
        ) { clock.now }
        operations = KeyOperations(
            store: store, ready: ready, work: work, signers: signers, ring: ring,
            published: PublishedKeySets(store: store, ring: ring) { clock.now },
            agreement: NodeAgreement(store: store, maximumAge: .seconds(1)), quota: KeyQuota(keys: limit),
            importedKeys: importedKeys, importProof: importProof
        ) { clock.now }
        revocations = RevocationOperations(store: store, ring: ring, perAccount: limit) { clock.now }
    }

    /// The rotation of the service's own keys.
    func rotation(_ lifetime: Duration?, signers: AccountSigners? = nil) -> ServiceKeyRotation {
        let clock = clock
        return ServiceKeyRotation(
            ServiceKeySchedule(lifetime: lifetime), store: store, signers: signers ?? self.signers, ring: ring,
            logger: Logger(label: "rotation") { _ in SwiftLogNoOpLogHandler() }
        ) { clock.now }
    }

    /// A second process on the same store.
    func otherSigners(limit: Int = 10) -> AccountSigners {
        let clock = clock
        return AccountSigners(
            keys: SealedServiceKeys(store, vault), ready: ready, ring: ring, quota: KeyQuota(keys: limit)
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
