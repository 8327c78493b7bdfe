import Foundation
import StreamSigningStoreTesting
import Synchronization
import Testing

@testable import StreamSigningPostgreSQL
@testable import StreamSigningStore

/// A schema of a test's own on the server of `scripts/with-postgresql`, and the stores that it opened there.
final class TestDatabase: Sendable {
    static let url = ProcessInfo.processInfo.environment["STREAMSIGN_TEST_DATABASE_URL"]

    let url: String
    let address: PostgreSQLAddress
    private let stores = Mutex<[PostgreSQLKeyStore]>([])

    /// - Parameters:
    ///   - url: another way to the same server.
    ///   - schema: of another `TestDatabase`; nil for a new one.
    init(_ url: String? = nil, schema: String? = nil) throws {
        self.url = try #require(url ?? Self.url)
        address = try PostgreSQLAddress(self.url, schema: schema ?? "test_\(UInt64.random(in: .min ... .max))")
    }

    var schema: String { address.schema }

    func open(readers: Int = 2, callTimeout: Duration = .seconds(5)) async throws(StoreError) -> PostgreSQLKeyStore {
        let store = try await PostgreSQLKeyStore(at: address, readers: readers, callTimeout: callTimeout)
        stores.withLock { $0.append(store) }
        return store
    }

    /// Ends what is open: a server has room for so many connections.
    func closeAll() async {
        let stores = stores.withLock { stores in
            defer { stores = [] }
            return stores
        }
        for store in stores { await store.close() }
    }

    /// Opens stores for `body`, and closes them whatever becomes of it.
    static func use<Value>(
        _ url: String? = nil, schema: String? = nil, _ body: (TestDatabase) async throws -> Value
    ) async throws -> Value {
        let database = try TestDatabase(url, schema: schema)
        do {
            let value = try await body(database)
            await database.closeAll()
            return value
        } catch {
            await database.closeAll()
            throw error
        }
    }

    /// What `psql` prints, in the schema of the test.
    @discardableResult
    func sql(_ text: String) async throws -> String {
        try await psql("SET search_path = \(schema); \(text)")
    }

    /// What `psql` prints.
    @discardableResult
    func psql(_ text: String) async throws -> String {
        let arguments = ["psql", "-XAtq", "-v", "ON_ERROR_STOP=1", "-d", url, "-c", text]
        return try await TestDatabase.run("/usr/bin/env", arguments)
    }

    @discardableResult
    static func run(_ program: String, _ arguments: [String]) async throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        let (output, complaint) = (Pipe(), Pipe())
        process.standardOutput = output
        process.standardError = complaint
        let status = try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Int32, any Error>) in
            process.terminationHandler = { ended.resume(returning: $0.terminationStatus) }
            do {
                try process.run()
            } catch {
                ended.resume(throwing: error)
            }
        }
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        guard status == 0 else {
            let text = String(decoding: complaint.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            throw ProgramFailure(program: program, arguments: arguments, status: status, complaint: text)
        }
        return text.split(separator: "\n").joined(separator: "\n")
    }
}

/// A program that did not do what a test wanted.
struct ProgramFailure: Error {
    let program: String
    let arguments: [String]
    let status: Int32
    let complaint: String
}

extension Trait where Self == ConditionTrait {
    /// Not silently left out: the report says why.
    static var needsPostgreSQL: Self {
        .enabled(
            if: TestDatabase.url != nil,
            "there is no STREAMSIGN_TEST_DATABASE_URL: run scripts/with-postgresql swift test")
    }
}
