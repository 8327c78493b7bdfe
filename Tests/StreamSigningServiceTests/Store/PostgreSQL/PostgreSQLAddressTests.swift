import StreamSigningStoreTesting
import Testing

@testable import StreamSigningPostgreSQL
@testable import StreamSigningStore

@Suite("The address of a PostgreSQL database")
struct PostgreSQLAddressTests {
    @Test(
        "is shown without the password",
        arguments: [
            ("postgres://u:geheim@h:5433/db?sslmode=verify-full", "postgres://u@h:5433/db"),
            ("postgresql://u@h/db?password=geheim", "postgres://u@h/db"),
            ("postgres://u:geheim@a:1,b:2/db", "postgres://u@a,b:1,2/db"),
            ("postgres:///db?host=/run/postgresql&password=geheim", "postgres:///run/postgresql/db"),
            ("postgres://u:ge%40%2Fheim@[::1]/db", "postgres://u@::1/db"), ("postgres://", "postgres:///"),
        ])
    func description(url: String, shown: String) throws {
        let address = try PostgreSQLAddress(url)
        #expect(address.description == shown)
        #expect(address.hasPassword == url.contains("ge"))
        var dumped = ""
        dump(address, to: &dumped)
        for text in ["\(address)", String(reflecting: address), "\([address])", dumped] {
            #expect(!text.contains("heim"))
        }
    }

    @Test(
        "is refused if it is none, and nothing of it is repeated",
        arguments: [
            "", "geheim", "mysql://u:geheim@h/db", "host=h password=geheim", "postgres://u:geheim%@h/db",
            "postgres://u:ge/heim@h/db", "postgres://u:ge@heim@h/db", "postgres://u:ge:heim@h:port/db",
            "postgres://h/db?geheim=1", "postgres://[::1/geheim", "POSTGRES://u:geheim@h/db",
            "postgres://h/db\0geheim",
        ])
    func refused(url: String) {
        let error = #expect(throws: StoreError(.refused, "")) { try PostgreSQLAddress(url) }
        #expect(error?.reason.contains("heim") == false)
    }

    @Test("is not in the error of a database that cannot be reached, or refuses the login", .needsPostgreSQL)
    func errors() async throws {
        let server = try #require(TestDatabase.url)
        let urls = [
            "postgres://geheim:geheim@127.0.0.1:1/geheim?connect_timeout=2",
            server.replacing("streamsign@", with: "nobody:geheim@"),
            server.replacing("streamsign@", with: "streamsign:geheim@").replacing("/postgres", with: "/nowhere"),
            server + "?sslmode=require&password=geheim",
        ]
        for url in urls {
            let error = await #expect(throws: StoreError(.unavailable, ""), "\(url)") {
                try await PostgreSQLKeyStore(at: PostgreSQLAddress(url))
            }
            #expect(error?.reason.contains("geheim") == false)
            #expect(error?.reason.contains("PostgreSQL") == true)
        }
    }
}
