import Foundation
import StreamSigning
import StreamSigningCountries
import Testing

@Suite("A database of countries")
struct CountryDatabaseTests {
    @Test(
        "knows the country of an address",
        arguments: [
            ("192.0.2.0", "GB"), ("192.0.2.127", "GB"), ("198.51.100.255", "FR"), ("2001:db8:1::", "IE"),
            ("2001:db8:1:ffff:ffff:ffff:ffff:ffff", "IE"), ("::ffff:192.0.2.1", "GB"),
        ])
    func known(_ address: String, _ country: String) throws {
        #expect(try Fixture.countries.database().country(of: Fixture.address(address))?.description == country)
    }

    @Test(
        "knows no country of an address that it does not have",
        arguments: [
            "192.0.2.128", "192.0.1.255", "198.51.101.0", "2001:db8::1", "2001:db8:2::", "127.0.0.1", "::1", "0.0.0.0",
            "255.255.255.255", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
        ])
    func unknown(_ address: String) throws {
        #expect(try Fixture.countries.database().country(of: Fixture.address(address)) == nil)
    }

    @Test("takes no registered country for the country of an address")
    func registered() throws {
        #expect(try Fixture.countries.database().country(of: Fixture.address("203.0.113.1")) == nil)
    }

    @Test(
        "takes nothing for a country but a text of two letters",
        arguments: ["203.0.113.65", "203.0.113.129", "203.0.113.161", "203.0.113.193", "203.0.113.225"])
    func malformed(_ address: String) throws {
        #expect(try Fixture.countries.database().country(of: Fixture.address(address)) == nil)
    }

    @Test("without IPv6 knows no country of an IPv6 address")
    func onlyIPv4() throws {
        let database = try Fixture.onlyIPv4.database()
        #expect(try database.country(of: Fixture.address("192.0.2.200")) == .gb)
        #expect(try database.country(of: Fixture.address("2001:db8:1::")) == nil)
    }

    @Test("says what it is and when it was made")
    func metadata() throws {
        let database = try Fixture.countries.database()
        #expect(database.type == "GeoLite2-Country" && database.built == 1_800_000_000)
    }

    @Test("answers many threads at once")
    func concurrent() async throws {
        let database = try Fixture.countries.database()
        let (gb, fr) = (try Fixture.address("192.0.2.1"), try Fixture.address("198.51.100.1"))
        let wrong = await withTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (0..<5000).count { _ in database.country(of: gb) != .gb || database.country(of: fr) != .fr }
                }
            }
            return await group.reduce(0, +)
        }
        #expect(wrong == 0)
    }
}
