import StreamSigning
import StreamSigningClient
import StreamSigningWire
import Testing

@Suite("Client: import")
struct ImportKeyTests {
    private func importKey(
        _ replies: [Reply]
    ) async throws -> (item: KeyListItem?, error: ClientError?, requests: [ReceivedRequest]) {
        let key = try ClientFixture.key.get().verificationKey
        return try await ScriptedServer.run(replies) { server, url in
            let client = try ClientFixture(url).client
            do throws(ClientError) {
                return (try await client.importKey(key), nil, server.requests)
            } catch {
                return (nil, error, server.requests)
            }
        }
    }

    private let listed = #"{"id":"5213cfa121f70b8c1380686ffc371ba3","created":"2026-01-01T00:00:00Z"}"#

    @Test("The public half goes out, and nothing of the private one")
    func good() async throws {
        let (item, _, requests) = try await importKey([.result(listed)])
        #expect(item?.id == (try ClientFixture.key.get()).id)
        let request = try #require(requests.first)
        #expect(request.method == "POST")
        #expect(request.headers["content-type"] == "application/json")
        #expect(request.body.hasPrefix(#"{"jwk":"{\"use\":\"sig\",\"kty\":\"RSA\",\"kid\":\"5213cfa1"#))
        #expect(!request.body.contains(#"\"d\""#))
    }

    @Test("A key that is there already is an error with its code, and is not sent again")
    func conflict() async throws {
        let (_, error, requests) = try await importKey([.error(409, 20001, "the account has this key")])
        #expect(error?.hasErrorCode(.keyExists) == true)
        #expect(requests.count == 1)
    }

    @Test("A broken connection is not followed by a second import")
    func broken() async throws {
        let (_, error, requests) = try await importKey([.closing])
        #expect(error?.code == .connection)
        #expect(requests.count == 1)
    }

    @Test("A service that makes a new key instead is found out, and the new key named")
    func ignored() async throws {
        let new = #"{"id":"0123","pem":"","jwk":"","created":"2026-01-01T00:00:00Z"}"#
        let (_, error, _) = try await importKey([.result(new)])
        #expect(error?.code == .unsupported)
        #expect(error?.reason.contains("0123") == true)
    }

    @Test("Cloudflare is not even asked")
    func cloudflare() async throws {
        let client = try StreamClient(account: "a", token: APIToken("t"))
        let error = try await failure { try await client.importKey(try ClientFixture.key.get().verificationKey) }
        #expect(error?.code == .unsupported)
    }
}
