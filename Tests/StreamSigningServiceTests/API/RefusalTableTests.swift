import NIOHTTP1
import StreamSigningStoreTesting
import Testing

@testable import StreamSigningAPI
@testable import StreamSigningOperations
@testable import StreamSigningStore
@testable import StreamSigningWire

@Suite("Refusals of the API")
struct RefusalTableTests {
    /// The store's codes with what operations make of them; nil where the client learns only that the store failed.
    private static let storeErrors: [(StoreError.Code, ServiceError.Code?)] = [
        (.keyExists, .keyExists), (.limitReached, .keyLimitReached), (.notFound, .keyNotFound),
        (.deletedLimitReached, .deletedKeyLimitReached), (.keyExpired, nil), (.masterKeyChanged, nil),
        (.unavailable, nil), (.corrupt, nil), (.lostChanges, nil), (.refused, nil),
    ]

    @Test("say what a store's error means to a client, or leave it as it is", arguments: storeErrors)
    func fromStore(code: StoreError.Code, expected: ServiceError.Code?) {
        let refusal = StoreError(code, "a reason of the store's").refusal(KeyQuota(keys: 3))
        #expect((refusal as? ServiceError)?.code == expected)
        #expect(expected != nil || refusal as? StoreError == StoreError(code, ""))
        #expect(expected == nil || !"\(refusal)".contains("a reason of the store's"))
    }

    struct Row: Sendable {
        let code: ServiceError.Code
        let status: HTTPResponseStatus
        let number: Int
        var fields: [String] = []
        var showsReason = true
    }

    private static let rows = [
        Row(code: .invalidRequest, status: .badRequest, number: 10005),
        Row(code: .keyNotFound, status: .notFound, number: 10003, showsReason: false),
        Row(code: .keyExists, status: .conflict, number: 20001, fields: ["X-Should-Retry: false"]),
        Row(code: .keyLimitReached, status: .forbidden, number: 20002),
        Row(code: .deletedKeyLimitReached, status: .forbidden, number: 20002),
        Row(code: .keyDisabled, status: .conflict, number: 20011, fields: ["X-Should-Retry: false"]),
        Row(code: .keyInUse, status: .conflict, number: 20012, fields: ["X-Should-Retry: false"]),
        Row(code: .revocationNotFound, status: .notFound, number: 10003, showsReason: false),
        Row(code: .revocationLimitReached, status: .forbidden, number: 20010),
        Row(code: .tooManyCreates, status: .serviceUnavailable, number: 20008, fields: ["Retry-After: 5"]),
        Row(code: .tooMuchAtOnce, status: .tooManyRequests, number: 20009, fields: ["Retry-After: 1"]),
        Row(code: .overloaded, status: .serviceUnavailable, number: 20008, fields: ["Retry-After: 1"]),
    ]

    @Test("give each refusal of the operations its status, number and header", arguments: rows)
    func fromOperations(row: Row) {
        let error = APIError(ServiceError(row.code, "why", at: row.code == .invalidRequest ? "/exp" : nil))
        #expect(error.status == row.status && error.errors.map(\.code) == [row.number])
        #expect(error.fields.map { "\($0.name): \($0.value)" } == row.fields)
        #expect(error.errors.map(\.message) == [row.showsReason ? "why" : "Not Found"])
        #expect(error.errors.map(\.pointer) == [row.code == .invalidRequest ? "/exp" : nil])
    }

    @Test("cover every code of the operations")
    func complete() {
        #expect(Set(Self.rows.map(\.code)) == Set(ServiceError.Code.allCases))
    }

    @Test("name the limit that an account has reached")
    func limitText() {
        let quota = KeyQuota(keys: 3, deletedKeys: 4)
        let refusal = StoreError(.limitReached, "").refusal(quota) as? ServiceError
        #expect(refusal?.reason.contains("has 3 keys") == true)
        let deleted = StoreError(.deletedLimitReached, "").refusal(quota) as? ServiceError
        #expect(deleted?.reason.contains("deleted 4 keys") == true)
    }
}
