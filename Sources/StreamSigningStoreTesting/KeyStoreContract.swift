public import StreamSigningStore

/// What `KeyStore` promises, as an exam that any store can sit.
///
/// ```swift
/// @Test("keeps the contract", arguments: KeyStoreContract.cases(shared: false))
/// func contract(_ examination: KeyStoreContract.Case) async throws {
///     try await examination.run(on: StoreUnderTest { try MyStore(at: folder) })
/// }
/// ```
public enum KeyStoreContract {
    /// What some stores do, and others need not.
    public enum Ability: Sendable {
        /// The data outlives `KeyStore/close()` of every opened store.
        case durable
        /// Nodes that open the same data know of one another (`NodeRegistry/nodes()`).
        case shared
    }

    /// One promise, and how it is tested on an empty store.
    public struct Case: Sendable, CustomStringConvertible {
        /// The promise.
        public let description: String
        /// The stores that make it; nil for all.
        public let ability: Ability?
        private let examine: @Sendable (StoreUnderTest) async throws -> Void

        init(
            _ description: String, of ability: Ability? = nil,
            _ examine: @escaping @Sendable (StoreUnderTest) async throws -> Void
        ) {
            self.description = description
            self.ability = ability
            self.examine = examine
        }

        /// Examines a store, which must be empty.
        /// - Throws: ``Violation``, or what the store threw where it should not have.
        public func run(on store: StoreUnderTest) async throws {
            try await examine(store)
        }
    }

    /// A promise that was not kept.
    public struct Violation: Error, CustomStringConvertible {
        /// What was expected, and where in the contract's source.
        public let description: String
    }

    /// Every promise.
    public static let allCases: [Case] =
        keys + limits + tombstones + keyStates + keyUses + revocations + endings + changes + concurrency + sealedKeys
        + credentials + audit + durability + archives + nodes + compaction + compactedStates + keyIDs

    /// The promises that a store makes.
    /// - Parameters:
    ///   - durable: whether the data outlives the closing of every opened store.
    ///   - shared: whether nodes that open it know of one another.
    public static func cases(durable: Bool = true, shared: Bool = true) -> [Case] {
        allCases.filter { examination in
            switch examination.ability {
            case .durable: durable
            case .shared: shared
            case nil: true
            }
        }
    }
}

/// A store to examine: a way to open it, any number of times on the same data.
public struct StoreUnderTest: Sendable {
    /// How many keys the contract fills an account with; the real limit takes longer.
    public let limit: Int
    private let opening: @Sendable () async throws -> any KeyStore

    /// A store to examine.
    /// - Parameters:
    ///   - limit: how many keys the contract fills an account with.
    ///   - open: opens the store; called again, it opens the same data as another node would.
    public init(limit: Int = 20, open: @escaping @Sendable () async throws -> any KeyStore) {
        self.limit = limit
        opening = open
    }

    func open() async throws -> any KeyStore {
        try await opening()
    }
}

func require(
    _ holds: Bool, _ promise: @autoclosure () -> String, _ file: StaticString = #fileID, _ line: Int = #line
) throws {
    guard !holds else { return }
    throw KeyStoreContract.Violation(description: "\(promise()) (\(file):\(line))")
}

/// Requires that `body` throws exactly this code.
func require(
    _ code: StoreError.Code, _ promise: String, _ file: StaticString = #fileID, _ line: Int = #line,
    from body: () async throws(StoreError) -> Void
) async throws {
    do throws(StoreError) {
        try await body()
    } catch {
        return try require(
            error.code == code, "\(promise): \(code.rawValue), not \(error.code.rawValue)", file, line)
    }
    throw KeyStoreContract.Violation(
        description: "\(promise): \(code.rawValue), and nothing was thrown (\(file):\(line))")
}
