import NIOHTTP1
import Testing

@testable import StreamSigningAPI

@Suite("Routes of keys to delete")
struct RouteEncodingTests {
    private func identifier(_ text: String) -> String? {
        guard
            case .route(.deleteKey(_, let identifier)) = APIRoute.match(
                .DELETE, path: "/client/v4/accounts/acme/stream/keys/\(text)")
        else { return nil }
        return identifier
    }

    @Test(
        "decode what clients encode",
        arguments: [
            ("a%20b", "a b"), ("a%2Fb", "a/b"), ("%c3%A9", "é"), ("a%25b", "a%b"), ("jwks.json%20", "jwks.json "),
        ])
    func decoded(text: String, expected: String) {
        #expect(identifier(text) == expected)
    }

    @Test("leave what is no encoding as it stands", arguments: ["%", "a%2", "%zz", "%+1", "%ff", "%c3"])
    func undecoded(text: String) {
        #expect(identifier(text) == text)
    }

    @Test("are no routes without an id, below one, or where the key set is", arguments: ["", "a/b", "jwks.json"])
    func none(text: String) {
        #expect(identifier(text) == nil)
    }
}
